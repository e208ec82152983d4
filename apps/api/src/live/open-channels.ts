import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EventChannel } from './event-channel';

/** Streams end with the process: a browser connects again and resumes by its last id. */
@Injectable()
export class OpenChannels implements OnModuleDestroy {
  private readonly channels = new Set<EventChannel>();
  private isEnding = false;

  open(reply: FastifyReply): EventChannel {
    const channel = new EventChannel(reply);
    this.channels.add(channel);
    channel.onClose(() => this.channels.delete(channel));
    if (this.isEnding) channel.close();
    return channel;
  }

  onModuleDestroy(): void {
    this.isEnding = true;
    for (const channel of [...this.channels]) channel.close();
  }
}
