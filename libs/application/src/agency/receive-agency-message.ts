import type { AgencyCode } from '@birth/domain';
import { type Clock, CLOCK, failPoint } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { AgencyGates } from '../agency-gates';
import { type AdapterBook, ADAPTER_BOOK, type AgencyMessage, type RawMessage } from '../ports/agency-adapter';
import { MessageRefused } from '../ports/agency-errors';
import { CASE_STORE, type CaseStore, type OnceRow } from '../ports/case-store';
import { TakeAnswer } from './take-answer';

export type MessageOutcome = 'taken' | 'duplicate' | 'kept';

/** A callback: signature over the raw bytes, then inbox row and answer in one transaction; 200 only after the commit. */
@Injectable()
export class ReceiveAgencyMessage {
  constructor(
    @Inject(ADAPTER_BOOK) private readonly book: AdapterBook,
    @Inject(CASE_STORE) private readonly store: CaseStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly takeAnswer: TakeAnswer,
    private readonly gates: AgencyGates,
  ) {}

  /** Throws MessageRefused (401) for what cannot be trusted. */
  async execute(agency: AgencyCode, raw: RawMessage): Promise<{ outcome: MessageOutcome }> {
    const adapter = this.book.get(agency, 'api');
    if (adapter.readMessage === undefined) throw new MessageRefused('this agency sends no messages');
    const message = adapter.readMessage(raw);
    await failPoint('callback-after-verify');
    const outcome = await this.take(agency, raw, message);
    await failPoint('callback-after-commit');
    return { outcome };
  }

  private async take(agency: AgencyCode, raw: RawMessage, message: AgencyMessage): Promise<MessageOutcome> {
    const once = this.inboxRow(agency, raw, message);
    const found = await this.store.findStep(agency, message.reference);
    if (found === null) return this.keep(once);
    const receivedAt = this.clock.now();
    const outcome = await this.takeAnswer.execute({
      stepId: found.stepId,
      generation: found.generation,
      via: 'callback',
      answer: message.answer,
      by: { actor: 'agency', actorId: agency },
      once,
      exchanges: [
        {
          stepId: found.stepId,
          generation: found.generation ?? 0,
          direction: 'in',
          method: raw.method,
          path: new URL(raw.url).pathname,
          status: 200,
          startedAt: receivedAt,
          durationMs: 0,
          request: raw.body.toString('utf8'),
          reply: null,
        },
      ],
    });
    if (outcome.outcome === 'reused') throw new MessageRefused('message id or nonce used before');
    await this.gates.answered(agency);
    return outcome.outcome === 'duplicate' ? 'duplicate' : 'taken';
  }

  /** A valid signature about a step that nobody knows (yet). */
  private async keep(once: Extract<OnceRow, { kind: 'inbox' }>): Promise<MessageOutcome> {
    const kept = await this.store.keepUnmatched(once);
    if (kept === 'reused') throw new MessageRefused('message id or nonce used before');
    return kept;
  }

  private inboxRow(agency: string, raw: RawMessage, { messageId, nonce, keyId }: AgencyMessage) {
    return inboxRow({ agency, messageId, nonce, keyId, body: raw.body, receivedAt: this.clock.now() });
  }
}

export function inboxRow(row: Omit<Extract<OnceRow, { kind: 'inbox' }>, 'kind' | 'digest'>) {
  return { ...row, kind: 'inbox', digest: createHash('sha256').update(row.body).digest() } as const;
}
