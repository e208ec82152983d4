import { AGENCIES, type AgencyCode } from '@birth/domain';
import { type Clock, CLOCK, newId, Problem } from '@birth/platform';
import { toShanghaiDate } from '@birth/standards';
import { Inject, Injectable } from '@nestjs/common';
import type { Locale, Once, Reply } from '../caller';
import { type ClerkScope, coversCounty, isNamed } from '../clerk/clerk-scope';
import type { Clerk } from '../clerk/clerk-steps';
import { type County, COUNTY } from '../county';
import { RECONCILIATION_STORE, type ReconciliationStore } from '../ports/reconciliation-store';
import type { ReconciliationAsked, ReconciliationsView } from '../shapes/reconciliation-shapes';
import { openDifferenceView, runView } from '../views/reconciliation-view';
import { ReconcileAgency } from './reconcile-agency';

const HOUR_MS = 3_600_000;
/** A run whose process died is another's after this. */
const LEASE_MS = 30 * 60_000;
const RUN_LIMIT = 60;
const OPEN_LIMIT = 200;

/** Every night, and when a supervisor asks: what we have and what each agency has. */
@Injectable()
export class Reconciliations {
  constructor(
    @Inject(RECONCILIATION_STORE) private readonly store: ReconciliationStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(COUNTY) private readonly county: County,
    private readonly reconcile: ReconcileAgency,
  ) {}

  /** Plans the night when its hour has come, and works off what is open. */
  async round(): Promise<void> {
    const now = this.clock.now();
    if (this.isNight(now)) await this.store.planNight(toShanghaiDate(now), AGENCIES, now);
    for (;;) {
      const run = await this.store.take(this.clock.now(), LEASE_MS);
      if (run === null) return;
      await this.reconcile.execute(run);
    }
  }

  async ask(clerk: Clerk, once: Once, agency: AgencyCode): Promise<Reply> {
    const { scope, subject } = clerk;
    if (!coversCounty(scope) || !isNamed(scope.agencies, agency)) throw new Problem(404, 'not_found');
    const now = this.clock.now();
    const row = { kind: 'idempotency', subject, route: once.route, key: once.key, body: once.body } as const;
    return this.store.ask({
      once: row,
      run: { id: newId(), agency, day: toShanghaiDate(now), askedBy: subject, askedAt: now },
      respond: (id) => ({ status: 202, body: { id, agency } satisfies ReconciliationAsked }),
    });
  }

  async list(scope: ClerkScope, locale: Locale): Promise<ReconciliationsView> {
    const [runs, open] = await Promise.all([this.store.runs(scope, RUN_LIMIT), this.store.open(scope, OPEN_LIMIT)]);
    return {
      runs: runs.map((run) => runView(run, locale)),
      open: open.map((difference) => openDifferenceView(difference, locale)),
    };
  }

  private isNight(now: number): boolean {
    const { reconciliationHour } = this.county.policyAt(now).settings;
    return toShanghaiDate(now - reconciliationHour * HOUR_MS) === toShanghaiDate(now);
  }
}
