import { type Clock, CLOCK } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { calendarYear } from '../calendar-year';
import { type County, COUNTY } from '../county';
import { HOSPITAL_READS, type HospitalReads } from '../ports/hospital-reads';
import type { HospitalsView } from '../shapes/hospital-shapes';
import type { ClerkScope } from './clerk-scope';

/** How punctually each hospital tells of births, and how many newborns wait for it (policy P3). */
@Injectable()
export class ListHospitals {
  constructor(
    @Inject(HOSPITAL_READS) private readonly reads: HospitalReads,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(COUNTY) private readonly county: County,
  ) {}

  async execute(scope: ClerkScope, given: number | undefined): Promise<HospitalsView> {
    const { year, from, to } = calendarYear(given, this.clock.now());
    const lines = await this.reads.counts(scope, from, to);
    const nameOf = (of: string) => this.county.offices.find(({ code }) => code === of)?.name ?? null;
    return { year, hospitals: lines.map((line) => ({ ...line, officeName: nameOf(line.officeCode) })) };
  }
}
