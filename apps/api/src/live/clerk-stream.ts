import { CASE_READS, type CaseReads, type ClerkScope, eventView, isInScope, type TailEvent } from '@birth/application';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { EventChannel } from './event-channel';
import { EventTail } from './event-tail';
import { OpenChannels } from './open-channels';
import { isAfter, placeOf } from './tail-place';

const PAGE = 500;

/** All cases in a clerk's scope, live. Who comes back with the last id first gets what was missed, then what happens. */
@Injectable()
export class ClerkStream {
  constructor(
    @Inject(CASE_READS) private readonly reads: CaseReads,
    private readonly tail: EventTail,
    private readonly channels: OpenChannels,
  ) {}

  async open(scope: ClerkScope, lastEventId: string | undefined, reply: FastifyReply): Promise<void> {
    const channel = this.channels.open(reply);
    const reader = new ScopedReader(channel, scope);
    channel.onClose(await this.tail.subscribe((events) => reader.announce(events)));
    try {
      // read after the subscription: what is committed meanwhile comes from the tail
      const { cursor: end } = await this.reads.tail(null, 0);
      await this.replay(reader, placeOf(lastEventId, end));
    } catch {
      // a reader whose page could not be read connects again and misses nothing
      channel.close();
    }
  }

  private async replay(reader: ScopedReader, from: string): Promise<void> {
    reader.startAt(from);
    for (let cursor = from; ;) {
      const page = await this.reads.tail(cursor, PAGE);
      await reader.send(page.events);
      if (page.events.length < PAGE && reader.goesLive()) return;
      cursor = page.cursor;
    }
  }
}

/** A step that goes to another office is news for both, the one it leaves and the one it comes to. */
function isFor(scope: ClerkScope, { agency, officeCode, event }: TailEvent): boolean {
  const left = event.type === 'office_assigned' ? event.detail['from'] : null;
  return [officeCode, left].some((code) =>
    isInScope(scope, { agency, officeCode: code === undefined ? null : String(code) }),
  );
}

/** Takes pages until it has caught up with what the tail announced, then the tail itself; sends no place twice. */
class ScopedReader {
  private isLive = false;
  private announced = '0.0';
  private place = '0.0';

  constructor(
    private readonly channel: EventChannel,
    private readonly scope: ClerkScope,
  ) {}

  announce(events: readonly TailEvent[]): void {
    if (this.isLive) this.write(events);
    else this.announced = events.at(-1)?.cursor ?? this.announced;
  }

  /** The reader's place from the first moment on: one who loses the line before any event misses nothing either. */
  startAt(place: string): void {
    this.place = place;
    this.channel.mark(place);
  }

  async send(events: readonly TailEvent[]): Promise<void> {
    this.write(events);
    await this.channel.roomToWrite();
  }

  /** False while something was announced that no page has brought yet. */
  goesLive(): boolean {
    this.isLive = !isAfter(this.announced, this.place);
    return this.isLive;
  }

  private write(events: readonly TailEvent[]): void {
    const news = events.filter(({ cursor }) => isAfter(cursor, this.place));
    for (const seen of news.filter((candidate) => isFor(this.scope, candidate))) {
      const { cursor, applicationId, agency, event } = seen;
      this.channel.send(cursor, { applicationId, agency, ...eventView(event) });
    }
    const last = news.at(-1);
    if (last === undefined) return;
    this.place = last.cursor;
    // others' events move the place on, or a return would read them all again
    if (!isFor(this.scope, last)) this.channel.mark(last.cursor);
  }
}
