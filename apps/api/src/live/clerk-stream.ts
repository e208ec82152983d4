import { type ClerkScope, eventView, type TailEvent } from '@birth/application';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EventTail } from './event-tail';
import { OpenChannels } from './open-channels';

/** Every step of this installation lies there; a scope names regions by a prefix (GB/T 2260). */
const COUNTY_REGION = '500235';

/** All cases in a clerk's scope, live, from now on. */
@Injectable()
export class ClerkStream {
  constructor(
    private readonly tail: EventTail,
    private readonly channels: OpenChannels,
  ) {}

  async open(scope: ClerkScope, reply: FastifyReply): Promise<void> {
    const channel = this.channels.open(reply);
    const stop = await this.tail.subscribe((events) => {
      for (const { cursor, applicationId, agency, event } of events.filter((seen) => isInScope(seen, scope))) {
        channel.send(cursor, { applicationId, agency, ...eventView(event) });
      }
    });
    channel.onClose(stop);
  }
}

/** Empty = no limit in that dimension; an event of the whole case belongs to no agency. */
export const isInScope = (
  { agency, officeCode }: Pick<TailEvent, 'agency' | 'officeCode'>,
  { regions, agencies, offices }: ClerkScope,
): boolean =>
  isNamed(agencies, agency) &&
  isNamed(offices, officeCode) &&
  (regions.length === 0 || regions.some((region) => COUNTY_REGION.startsWith(region)));

const isNamed = (limit: readonly string[], value: string | null): boolean =>
  limit.length === 0 || (value !== null && limit.includes(value));
