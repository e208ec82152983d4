import { type ClerkScope, eventView, type TailEvent } from '@birth/application';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EventChannel } from './event-channel';
import { EventTail } from './event-tail';
import { OpenChannels } from './open-channels';

/** All cases in a clerk's scope, live, from now on. */
@Injectable()
export class ClerkStream {
  constructor(
    private readonly tail: EventTail,
    private readonly channels: OpenChannels,
  ) {}

  async open(scope: ClerkScope, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const channel = this.channels.add(new EventChannel(request, reply));
    const stop = await this.tail.subscribe((events) => {
      for (const event of events.filter((candidate) => isInScope(candidate, scope))) {
        channel.send(event.cursor, {
          applicationId: event.applicationId,
          agency: event.agency,
          ...eventView(event.event),
        });
      }
    });
    channel.onClose(stop);
  }
}

const isInScope = ({ agency, officeCode }: TailEvent, { agencies, offices }: ClerkScope): boolean =>
  (agencies.length === 0 || (agency !== null && agencies.includes(agency))) &&
  (offices.length === 0 || (officeCode !== null && offices.includes(officeCode)));
