import { AGENCIES, type AgencyCode, latencyQuantile } from '@birth/domain';
import { AgencyGates } from '../agency-gates';
import { type Clock, CLOCK } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Locale } from '../caller';
import { type County, COUNTY } from '../county';
import { type AgencyHealth, TRAFFIC_STORE, type TrafficStore } from '../ports/traffic-store';
import { type AgencyOverview, CLERK_READS, type ClerkReads } from '../ports/reads';
import type { AgencyPage } from '../shapes/clerk-shapes';
import { iso, isoOrNull } from '../views/moments';
import { agencyName } from '../views/words';
import { type ClerkScope, coversCounty, isNamed } from './clerk-scope';

/** How each agency in a clerk's scope is doing, the idle ones among them. The platform's own timers are no agency. */
@Injectable()
export class ListAgencies {
  constructor(
    @Inject(CLERK_READS) private readonly reads: ClerkReads,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(COUNTY) private readonly county: County,
    @Inject(TRAFFIC_STORE) private readonly traffic: TrafficStore,
    private readonly gates: AgencyGates,
  ) {}

  async execute(scope: ClerkScope, locale: Locale): Promise<AgencyPage> {
    const now = this.clock.now();
    const agencies = AGENCIES.filter((agency) => this.sees(scope, agency));
    const items = await this.reads.agencies(agencies, scope.offices, now);
    const health = await this.traffic.health(now - RECENT_MS);
    const shownOf = (item: AgencyOverview) => ({
      ...shown(item, now, locale),
      ...this.standing(item.agency),
      ...healthShown(health.get(item.agency)),
    });
    return { items: items.map(shownOf), nextCursor: null };
  }

  /** As this process knew it half a second ago. */
  private standing(agency: AgencyCode) {
    const { breaker, maintenance } = this.gates.of(agency);
    const contract = this.gates.contractOf(agency);
    const announced = [...(contract?.maintenance ?? []), ...maintenance].filter(
      ({ until }) => until > this.clock.now(),
    );
    return {
      serving: this.gates.isServing(agency),
      breaker: breaker.phase,
      callLimit: this.gates.total(agency).slots,
      callsPerSecond: contract?.callsPerSecond ?? 0,
      maintenance: announced.map(({ from, until }) => ({ from: iso(from), until: iso(until) })),
    };
  }

  /** A clerk of an office sees the agency that it answers for, with the work of that office alone. */
  private sees(scope: ClerkScope, agency: AgencyCode): boolean {
    const offices = this.county.offices.filter((office) => office.agency === agency);
    const hasOffice = offices.some(({ code }) => isNamed(scope.offices, code));
    return hasOffice && isNamed(scope.agencies, agency) && coversCounty(scope);
  }
}

const RECENT_MS = 900_000;

const healthShown = (health: AgencyHealth | undefined) => {
  const { calls = 0, failures = 0, latencies = [] } = health ?? {};
  return {
    recentCalls: calls,
    failurePercent: calls === 0 ? null : Math.round((100 * failures) / calls),
    p50Ms: latencyQuantile(latencies, 0.5),
    p95Ms: latencyQuantile(latencies, 0.95),
  };
};

const shown = (item: AgencyOverview, now: number, locale: Locale) => ({
  agency: item.agency,
  name: agencyName(item.agency, locale),
  backlog: item.backlog,
  dueNow: item.dueNow,
  inFlight: item.inFlight,
  oldestDueAt: isoOrNull(item.oldestDueAt),
  pausedUntil: item.pausedUntil > now ? iso(item.pausedUntil) : null,
  lastSuccessAt: item.lastAnsweredAt === 0 ? null : iso(item.lastAnsweredAt),
});
