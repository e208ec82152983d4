import { CASE_READS, type CaseReads, eventView, otherParentsEvents } from '@birth/application';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EventTail } from './event-tail';
import { OpenChannels } from './open-channels';

const PAGE = 100;

/** One case live: its chain's sequence is gapless, so what the tail announces is read from the chain after the last id. */
@Injectable()
export class CaseStream {
  constructor(
    @Inject(CASE_READS) private readonly reads: CaseReads,
    private readonly tail: EventTail,
    private readonly channels: OpenChannels,
  ) {}

  /** The other parent's ends with the first word that keeps him or her away (P7). */
  async open(
    { applicationId, isOwner }: { applicationId: string; isOwner: boolean },
    lastSeq: number,
    reply: FastifyReply,
  ): Promise<void> {
    const channel = this.channels.open(reply);
    let sent = lastSeq;
    let reading: Promise<void> = Promise.resolve();
    const catchUp = async (): Promise<void> => {
      const events = await this.reads.events(applicationId, sent, PAGE);
      const isEnded = !isOwner && isKeptAway(events);
      const shown = isOwner ? events.map(eventView) : otherParentsEvents(events);
      if (isEnded) return channel.close();
      for (const event of shown) channel.send(String(event.seq), event);
      sent = events.at(-1)?.seq ?? sent;
      if (events.length === PAGE) await catchUp();
    };
    // a reader whose page could not be read connects again and misses nothing
    const next = (): void => void (reading = reading.then(catchUp).catch(() => channel.close()));
    const stop = await this.tail.subscribe((events) => {
      if (events.some((event) => event.applicationId === applicationId)) next();
    });
    channel.onClose(stop);
    next();
    await reading;
  }
}

/** The last word on it counts: who was kept away once may read on afterwards. */
function isKeptAway(events: Awaited<ReturnType<CaseReads['events']>>): boolean {
  return events.findLast(({ type }) => type === 'protection_changed')?.detail['isProtected'] === true;
}

/** Last-Event-ID of a case's stream: the sequence number that was seen last, 0 for anything else. */
export const lastSeqOf = (header: string | undefined): number => (/^\d{1,9}$/.test(header ?? '') ? Number(header) : 0);
