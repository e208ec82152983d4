import type { AgencyCode } from '@birth/domain';
import { type Clock, CLOCK } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { type AdapterBook, ADAPTER_BOOK, type AgencyMessage } from '../ports/agency-adapter';
import { AgencyContractBroken } from '../ports/agency-errors';
import { INBOX_STORE, type InboxStore, type KeptMessage } from '../ports/inbox-store';
import { callbackAnswer } from './incoming';
import { TakeAnswer } from './take-answer';

const PAGE = 100;
/** A reference that has not appeared by then is nobody's. */
const KEPT_MS = 30 * 86_400_000;

/** Messages that came before we knew their step (a receipt that only our own call's reply brings) are taken once we do. */
@Injectable()
export class MatchKeptMessages {
  constructor(
    @Inject(ADAPTER_BOOK) private readonly book: AdapterBook,
    @Inject(INBOX_STORE) private readonly inbox: InboxStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly takeAnswer: TakeAnswer,
  ) {}

  /** Two processes at once take each message once. One that fails now stops none behind it; the first failure is thrown. */
  async round(): Promise<void> {
    const kept = await this.inbox.matchable(this.clock.now() - KEPT_MS, PAGE);
    const failures: unknown[] = [];
    for (const message of kept) await this.match(message).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }

  private async match({ agency, messageId, body, stepId, generation, receivedAt, keyId }: KeptMessage): Promise<void> {
    const message = body === null ? null : this.read(agency, body);
    if (body === null || message === null) return this.inbox.giveUp(agency, messageId);
    const raw = { method: 'POST', url: `/agency/v1/${agency}/messages`, body };
    const once = { kind: 'kept', agency, messageId, body } as const;
    await this.takeAnswer.execute(
      callbackAnswer({ agency, stepId, generation, answer: message.answer, once }, raw, { receivedAt, keyId }),
    );
  }

  private read(agency: AgencyCode, body: Buffer): AgencyMessage | null {
    try {
      return this.book.get(agency, 'api').readMessage?.(body) ?? null;
    } catch (error) {
      if (error instanceof AgencyContractBroken) return null;
      throw error;
    }
  }
}
