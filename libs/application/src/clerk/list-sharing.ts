import type { Receiver } from '@birth/domain';
import { type Clock, CLOCK } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { calendarYear } from '../calendar-year';
import { SHARE_STORE, type ShareCount, type ShareStore } from '../ports/share-store';
import { WEBHOOK_SENDER, type WebhookSender } from '../ports/webhook-sender';
import { type ShareTask, WEBHOOK_STORE, type WebhookStanding, type WebhookStore } from '../ports/webhook-store';
import type { SharingView } from '../shapes/sharing-shapes';
import { RECEIVERS } from '../sharing/load-receivers';
import { iso, isoOrNull } from '../views/moments';
import { type ClerkScope, coversCounty } from './clerk-scope';

type ReceiverView = SharingView['receivers'][number];
interface Known {
  counts: readonly ShareCount[];
  standings: readonly WebhookStanding[];
  tasks: readonly ShareTask[];
}
const NOTHING: Known = { counts: [], standings: [], tasks: [] };

/** Who is told what of newborns, on which basis and why, and what became of it in a year (P19). Codes and numbers alone. */
@Injectable()
export class ListSharing {
  constructor(
    @Inject(SHARE_STORE) private readonly shares: ShareStore,
    @Inject(WEBHOOK_STORE) private readonly webhooks: WebhookStore,
    @Inject(WEBHOOK_SENDER) private readonly sender: WebhookSender,
    @Inject(RECEIVERS) private readonly receivers: readonly Receiver[],
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(scope: ClerkScope, given: number | undefined): Promise<SharingView> {
    const { year, from, to } = calendarYear(given, this.clock.now());
    const known = coversCounty(scope) ? await this.known(from, to) : NOTHING;
    return { year, receivers: this.receivers.map((receiver) => this.view(receiver, known)) };
  }

  private async known(from: Date, to: Date): Promise<Known> {
    const [counts, standings, tasks] = await Promise.all([
      this.shares.counts(from, to),
      this.webhooks.standings(),
      this.webhooks.tasks(),
    ]);
    return { counts, standings, tasks };
  }

  private view(row: Receiver, { counts, standings, tasks }: Known): ReceiverView {
    const { code, name, legalBasis, purpose, mode, facts, fields } = row;
    const isOwn = ({ receiver }: { receiver: string }): boolean => receiver === code;
    return {
      ...{ code, name, legalBasis, purpose, mode },
      webhook: mode === 'webhook' ? this.standing(code, standings.find(isOwn)) : null,
      tasks: tasks
        .filter(isOwn)
        .map(({ kind, openedAt, dueAt }) => ({ kind, openedAt: iso(openedAt), dueAt: iso(dueAt) })),
      facts: [...facts],
      fields: [...fields],
      counts: counts
        .filter(isOwn)
        .map(({ about, event, made, received, disputed }) => ({ about, event, made, received, disputed })),
    };
  }

  private standing(code: string, found: WebhookStanding | undefined): NonNullable<ReceiverView['webhook']> {
    const { owed = 0, givenUp = 0, oldestOwedAt = null } = found ?? {};
    return { door: this.door(code, found), owed, givenUp, oldestOwedAt: isoOrNull(oldestOwedAt) };
  }

  private door(code: string, found: WebhookStanding | undefined): NonNullable<ReceiverView['webhook']>['door'] {
    if (!this.sender.hasAddress(code)) return 'no_address';
    if (found === undefined) return 'open';
    if (found.disabledAt !== null) return 'gone';
    return found.breaker.phase === 'closed' ? 'open' : 'paused';
  }
}
