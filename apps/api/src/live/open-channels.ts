import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { EventChannel } from './event-channel';

/** Streams end with the process: a browser connects again and resumes by its last id. */
@Injectable()
export class OpenChannels implements OnModuleDestroy {
  private readonly open = new Set<EventChannel>();

  add(channel: EventChannel): EventChannel {
    this.open.add(channel);
    channel.onClose(() => this.open.delete(channel));
    return channel;
  }

  onModuleDestroy(): void {
    for (const channel of [...this.open]) channel.close();
  }
}
