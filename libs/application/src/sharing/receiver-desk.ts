import type { Receiver, ShareMode } from '@birth/domain';
import { type Clock, CLOCK } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { type Incoming, inboxRow, readOrKeep, refuseReused } from '../agency/incoming';
import { VerifiedReads } from '../agency/verified-reads';
import type { RawMessage } from '../ports/agency-adapter';
import { MessageRefused } from '../ports/agency-errors';
import { INBOX_STORE, type InboxStore } from '../ports/inbox-store';
import { MESSAGE_VERIFIER, type MessageVerifier } from '../ports/message-verifier';
import { SHARE_STORE, type ShareStore } from '../ports/share-store';
import type { SharedPage } from '../shapes/sharing-shapes';
import { StepTransitions } from '../step-transitions';
import { disputedStep } from './disputed-step';
import { RECEIVERS } from './load-receivers';
import { readDispute, readReceipt } from './receiver-messages';
import { itemView } from './share-view';

export interface SharedQuery {
  receiver: string;
  after?: string;
  since?: string;
  limit: number;
}
type Outcome = { outcome: 'taken' | 'duplicate' };
type Told = NonNullable<Awaited<ReturnType<ShareStore['byId']>>>;

/** Receivers of population information ask for what they are owed, say that they have it, or that it is wrong (P19). */
@Injectable()
export class ReceiverDesk {
  constructor(
    @Inject(MESSAGE_VERIFIER) private readonly verifier: MessageVerifier,
    @Inject(SHARE_STORE) private readonly shares: ShareStore,
    @Inject(RECEIVERS) private readonly receivers: readonly Receiver[],
    @Inject(INBOX_STORE) private readonly inbox: InboxStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly reads: VerifiedReads,
    private readonly transitions: StepTransitions,
  ) {}

  /** From the start, from after a place, or from a moment on; reading changes nothing and may be repeated for ever, signed anew. */
  async list(raw: RawMessage, query: SharedQuery): Promise<SharedPage> {
    this.mustBeReceiver(query.receiver);
    await this.reads.verify(query.receiver, raw);
    const { receiver, after = null, since, limit } = query;
    const from = { after, since: since === undefined ? null : Date.parse(since) };
    const found = await this.shares.page(receiver, from, limit);
    return {
      items: found.map(itemView),
      nextCursor: found.at(-1)?.place ?? after ?? '0',
      hasMore: found.length === limit,
    };
  }

  async receipt(raw: RawMessage, id: string): Promise<Outcome> {
    const { incoming } = await this.opened(raw, id);
    const { messageId } = await readOrKeep(this.inbox, incoming, readReceipt);
    return this.done(await this.shares.acknowledge(id, inboxRow(incoming, messageId)), incoming);
  }

  async resend(raw: RawMessage, id: string): Promise<Outcome> {
    const { told, incoming } = await this.opened(raw, id);
    const { messageId } = await readOrKeep(this.inbox, incoming, readReceipt);
    const once = inboxRow(incoming, messageId);
    return this.done(await this.shares.resend(id, once, this.modeOf(told.receiver)), incoming);
  }

  async dispute(raw: RawMessage, id: string): Promise<Outcome> {
    const { told, incoming } = await this.opened(raw, id);
    const { messageId, fields, text } = await readOrKeep(this.inbox, incoming, readDispute);
    const { receiver, applicationId } = told;
    const outcome = await this.transitions.apply({
      ref: { applicationId },
      by: { actor: 'agency', actorId: receiver },
      once: inboxRow(incoming, messageId),
      event: (loaded) => ({ type: 'share_disputed', stepId: disputedStep(loaded, told), receiver, fields }),
      attach: () => ({ eventReason: text }),
    });
    if (outcome.outcome === 'duplicate' || outcome.outcome === 'reused') return this.done(outcome.outcome, incoming);
    await this.shares.disputed(id, incoming.receivedAt);
    return { outcome: 'taken' };
  }

  private async opened(raw: RawMessage, id: string): Promise<{ told: Told; incoming: Incoming }> {
    const told = await this.shares.byId(id);
    if (told === null) throw new MessageRefused('unknown_task');
    const verified = this.verifier.verify(told.receiver, raw);
    return { told, incoming: { ...verified, agency: told.receiver, body: raw.body, receivedAt: this.clock.now() } };
  }

  private done(outcome: 'new' | 'duplicate' | 'reused', incoming: Incoming): Outcome {
    refuseReused(outcome, incoming);
    return { outcome: outcome === 'duplicate' ? 'duplicate' : 'taken' };
  }

  private modeOf(code: string): ShareMode {
    return this.receivers.find((receiver) => receiver.code === code)?.mode ?? 'api';
  }

  private mustBeReceiver(code: string): void {
    if (!this.receivers.some((receiver) => receiver.code === code)) throw new MessageRefused('unknown_sender');
  }
}
