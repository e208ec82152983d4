import type { AgencyCode } from '@birth/domain';
import { type Clock, CLOCK, failPoint } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AgencyGates } from '../agency-gates';
import { type AdapterBook, ADAPTER_BOOK, type AgencyMessage, type RawMessage } from '../ports/agency-adapter';
import { MessageRefused } from '../ports/agency-errors';
import { CASE_STORE, type CaseStore } from '../ports/case-store';
import { INBOX_STORE, type InboxStore } from '../ports/inbox-store';
import { MESSAGE_VERIFIER, type MessageVerifier } from '../ports/message-verifier';
import { callbackAnswer, type Incoming, inboxRow, readOrKeep, refuseReused } from './incoming';
import { TakeAnswer } from './take-answer';

export type MessageOutcome = 'taken' | 'duplicate' | 'kept';

/** A callback: signature over the raw bytes, then inbox row and answer in one transaction; 200 only after the commit. */
@Injectable()
export class ReceiveAgencyMessage {
  constructor(
    @Inject(ADAPTER_BOOK) private readonly book: AdapterBook,
    @Inject(MESSAGE_VERIFIER) private readonly verifier: MessageVerifier,
    @Inject(CASE_STORE) private readonly store: CaseStore,
    @Inject(INBOX_STORE) private readonly inbox: InboxStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly takeAnswer: TakeAnswer,
    private readonly gates: AgencyGates,
  ) {}

  /** Throws MessageRefused (401) for what cannot be trusted, Problem 400 for what cannot be read. */
  async execute(agency: AgencyCode, raw: RawMessage): Promise<{ outcome: MessageOutcome }> {
    const adapter = this.book.get(agency, 'api');
    const read = adapter.readMessage?.bind(adapter);
    if (read === undefined) throw new MessageRefused('sends_no_messages');
    const verified = this.verifier.verify(agency, raw);
    const incoming = { ...verified, agency, body: raw.body, receivedAt: this.clock.now() };
    const message = await readOrKeep(this.inbox, incoming, read);
    await failPoint('callback-after-verify');
    const outcome = await this.take(agency, raw, { incoming, message });
    await failPoint('callback-after-commit');
    return { outcome };
  }

  private async take(
    agency: AgencyCode,
    raw: RawMessage,
    { incoming, message }: { incoming: Incoming; message: AgencyMessage },
  ): Promise<MessageOutcome> {
    const once = inboxRow(incoming, message.messageId);
    const found = await this.store.findStep(agency, message.reference);
    if (found === null) {
      const kept = await this.inbox.keepUnmatched(once, message.reference);
      refuseReused(kept, incoming);
      return kept;
    }
    const { answer } = message;
    const outcome = await this.takeAnswer.execute(callbackAnswer({ ...found, agency, answer, once }, raw, incoming));
    refuseReused(outcome.outcome, incoming);
    await this.gates.answered(agency);
    return outcome.outcome === 'duplicate' ? 'duplicate' : 'taken';
  }
}
