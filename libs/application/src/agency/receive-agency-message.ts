import type { AgencyCode } from '@birth/domain';
import { type Clock, CLOCK, failPoint, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AgencyGates } from '../agency-gates';
import {
  type AdapterBook,
  ADAPTER_BOOK,
  type AgencyAdapter,
  type AgencyMessage,
  type RawMessage,
} from '../ports/agency-adapter';
import { AgencyContractBroken, MessageRefused } from '../ports/agency-errors';
import { CASE_STORE, type CaseStore } from '../ports/case-store';
import { INBOX_STORE, type InboxStore } from '../ports/inbox-store';
import { type Incoming, inboxRow, incomingExchange, keepBroken, refuseReused } from './incoming';
import { TakeAnswer } from './take-answer';

export type MessageOutcome = 'taken' | 'duplicate' | 'kept';

/** A callback: signature over the raw bytes, then inbox row and answer in one transaction; 200 only after the commit. */
@Injectable()
export class ReceiveAgencyMessage {
  constructor(
    @Inject(ADAPTER_BOOK) private readonly book: AdapterBook,
    @Inject(CASE_STORE) private readonly store: CaseStore,
    @Inject(INBOX_STORE) private readonly inbox: InboxStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly takeAnswer: TakeAnswer,
    private readonly gates: AgencyGates,
  ) {}

  /** Throws MessageRefused (401) for what cannot be trusted, Problem 400 for what cannot be read. */
  async execute(agency: AgencyCode, raw: RawMessage): Promise<{ outcome: MessageOutcome }> {
    const adapter = this.book.get(agency, 'api');
    if (adapter.verifyMessage === undefined) throw new MessageRefused('this agency sends no messages');
    const verified = adapter.verifyMessage(raw);
    const incoming = { ...verified, agency, body: raw.body, receivedAt: this.clock.now() };
    const message = await this.read(adapter, incoming);
    await failPoint('callback-after-verify');
    const outcome = await this.take(agency, raw, { incoming, message });
    await failPoint('callback-after-commit');
    return { outcome };
  }

  private async read(adapter: AgencyAdapter, incoming: Incoming): Promise<AgencyMessage> {
    try {
      if (adapter.readMessage === undefined) throw new AgencyContractBroken('no messages are agreed', 'body');
      return adapter.readMessage(incoming.body);
    } catch (error) {
      if (!(error instanceof AgencyContractBroken)) throw error;
      await keepBroken(this.inbox, incoming);
      throw new Problem(400, 'bad_message');
    }
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
      refuseReused(kept);
      return kept === 'duplicate' ? 'duplicate' : 'kept';
    }
    const { stepId, generation } = found;
    const outcome = await this.takeAnswer.execute({
      stepId,
      generation,
      via: 'callback',
      answer: message.answer,
      by: { actor: 'agency', actorId: agency },
      once,
      exchanges: [incomingExchange({ stepId, generation: generation ?? 0 }, raw, incoming.receivedAt)],
    });
    refuseReused(outcome.outcome);
    await this.gates.answered(agency);
    return outcome.outcome === 'duplicate' ? 'duplicate' : 'taken';
  }
}
