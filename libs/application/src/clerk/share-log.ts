import type { Receiver } from '@birth/domain';
import { type Clock, CLOCK, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { SHARE_STORE, type ShareStore } from '../ports/share-store';
import { SHARE_TABLE, type ShareTable } from '../ports/share-table';
import { type LoggedDelivery, type LogQuery, WEBHOOK_STORE, type WebhookStore } from '../ports/webhook-store';
import type { ShareLogPage, ShareRecovery } from '../shapes/sharing-shapes';
import { RECEIVERS } from '../sharing/load-receivers';
import { iso, isoOrNull } from '../views/moments';
import { type ClerkScope, coversCounty, isUnlimited } from './clerk-scope';
import type { Clerk } from './clerk-steps';

interface RecoveryRequest {
  since?: string;
  reason: string;
}

/** What each receiver was told, by which attempts, and what a clerk does about a receiver that has lost or not got it (P19). */
@Injectable()
export class ShareLog {
  constructor(
    @Inject(SHARE_STORE) private readonly shares: ShareStore,
    @Inject(WEBHOOK_STORE) private readonly store: WebhookStore,
    @Inject(SHARE_TABLE) private readonly table: ShareTable,
    @Inject(RECEIVERS) private readonly receivers: readonly Receiver[],
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Newest first, codes and times alone; nothing for who sees only a part of the county. */
  async page(
    scope: ClerkScope,
    { receiver, state, cursor, limit }: { receiver: string; state?: LogQuery['state']; cursor?: string; limit: number },
  ): Promise<ShareLogPage> {
    const query = { receiver, state: state ?? null, after: cursor ?? null, limit };
    const found = seesAll(scope) ? await this.store.log(query) : [];
    return { items: found.map(logged), nextCursor: found.length === limit ? (found.at(-1)?.id ?? null) : null };
  }

  /** One delivery once more, whatever its receiver has said of it. */
  async resend({ scope, subject }: Clerk, id: string, { reason }: { reason: string }): Promise<ShareRecovery> {
    const told = seesAll(scope) ? await this.shares.byId(id) : null;
    const receiver = this.receivers.find(({ code }) => code === told?.receiver);
    if (told === null || receiver === undefined) throw new Problem(404, 'not_found');
    await this.shares.resendBy(told, receiver.mode, { now: this.clock.now(), by: subject, reason });
    return { owed: 1 };
  }

  /** The door is tried again: what was not delivered goes first, and all that was told since a moment once more. */
  async recover({ scope, subject }: Clerk, code: string, request: RecoveryRequest): Promise<ShareRecovery> {
    const receiver = this.receivers.find((one) => one.code === code);
    if (!seesAll(scope) || receiver === undefined || receiver.mode === 'api') throw new Problem(404, 'not_found');
    const since = request.since === undefined ? null : Date.parse(request.since);
    const { reason } = request;
    const again = { since, now: this.clock.now(), by: subject, reason };
    const isTable = receiver.mode === 'exchange_table';
    return { owed: await (isTable ? this.table.writeAgain(code, again) : this.store.recover(code, again)) };
  }
}

const seesAll = (scope: ClerkScope): boolean =>
  coversCounty(scope) && isUnlimited(scope.agencies) && isUnlimited(scope.offices);

const logged = ({ madeAt, receivedAt, push, ...codes }: LoggedDelivery): ShareLogPage['items'][number] => ({
  ...codes,
  madeAt: iso(madeAt),
  receivedAt: isoOrNull(receivedAt),
  push: push && {
    state: push.state,
    nextAt: push.state === 'owed' ? iso(push.nextAt) : null,
    attempts: push.attempts.map((attempt) => ({ ...attempt, at: iso(attempt.at) })),
  },
});
