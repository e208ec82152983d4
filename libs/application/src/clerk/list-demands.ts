import { type Clock, CLOCK } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { calendarYear } from '../calendar-year';
import type { Locale } from '../caller';
import { type County, COUNTY } from '../county';
import { DEMAND_READS, type DemandReads } from '../ports/reads';
import type { DemandsView } from '../shapes/demand-shapes';
import { taskView } from '../views/task-view';
import { agencyName } from '../views/words';
import type { ClerkScope } from './clerk-scope';

const OPEN_LIMIT = 100;

/** Demands for forbidden papers: what waits for the coordinator, and each office's number of a year (policy P8). */
@Injectable()
export class ListDemands {
  constructor(
    @Inject(DEMAND_READS) private readonly reads: DemandReads,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(COUNTY) private readonly county: County,
  ) {}

  async execute(scope: ClerkScope, given: number | undefined, locale: Locale): Promise<DemandsView> {
    const { year, from, to } = calendarYear(given, this.clock.now());
    const [lines, open] = await Promise.all([this.reads.counts(scope, from, to), this.reads.open(scope, OPEN_LIMIT)]);
    return {
      year,
      offices: lines.map((line) => ({
        ...line,
        agencyName: agencyName(line.agency, locale),
        officeName: this.county.offices.find(({ code }) => code === line.officeCode)?.name ?? null,
      })),
      open: open.map(taskView),
    };
  }
}
