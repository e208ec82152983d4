import { AGENCIES, type AgencyCode } from '@birth/domain';
import { type Clock, CLOCK } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Locale } from '../caller';
import { type County, COUNTY } from '../county';
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
  ) {}

  async execute(scope: ClerkScope, locale: Locale): Promise<AgencyPage> {
    const now = this.clock.now();
    const agencies = AGENCIES.filter((agency) => this.sees(scope, agency));
    const items = await this.reads.agencies(agencies, scope.offices, now);
    return { items: items.map((item) => shown(item, now, locale)), nextCursor: null };
  }

  /** A clerk of an office sees the agency that it answers for, with the work of that office alone. */
  private sees(scope: ClerkScope, agency: AgencyCode): boolean {
    const offices = this.county.offices.filter((office) => office.agency === agency);
    const hasOffice = offices.some(({ code }) => isNamed(scope.offices, code));
    return hasOffice && isNamed(scope.agencies, agency) && coversCounty(scope);
  }
}

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
