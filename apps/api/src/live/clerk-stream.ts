import { type ClerkScope, eventView, isInScope } from '@birth/application';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EventTail } from './event-tail';
import { OpenChannels } from './open-channels';

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
      for (const { cursor, applicationId, agency, event } of events.filter((seen) => isInScope(scope, seen))) {
        channel.send(cursor, { applicationId, agency, ...eventView(event) });
      }
    });
    channel.onClose(stop);
  }
}
