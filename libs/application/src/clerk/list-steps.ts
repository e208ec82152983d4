import { lightDates } from '@birth/domain';
import { type Clock, CLOCK } from '@birth/platform';
import { toShanghaiDate } from '@birth/standards';
import { Inject, Injectable } from '@nestjs/common';
import { type County, COUNTY } from '../county';
import {
  CLERK_READS,
  type ClerkReads,
  type ClerkStepFilter,
  type ClerkStepRow,
  type PageRequest,
} from '../ports/reads';
import type { ClerkStepPage } from '../shapes/clerk-shapes';
import { iso, isoOrNull } from '../views/moments';
import type { ClerkScope } from './clerk-scope';

/** The open steps in a clerk's scope, filtered, with counts over all pages. */
@Injectable()
export class ListSteps {
  constructor(
    @Inject(CLERK_READS) private readonly reads: ClerkReads,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(COUNTY) private readonly county: County,
  ) {}

  async execute(scope: ClerkScope, filter: ClerkStepFilter, page: PageRequest): Promise<ClerkStepPage> {
    const now = this.clock.now();
    const { settings } = this.county.policyAt(now);
    const lights = lightDates(toShanghaiDate(now), settings, this.county.calendar);
    const search = { scope, filter, lights };
    const [{ items, nextCursor }, counts] = await Promise.all([
      this.reads.steps(search, page),
      this.reads.counts(search),
    ]);
    return { items: items.map(shown), nextCursor, counts };
  }
}

const shown = ({ nextAt, updatedAt, ...item }: ClerkStepRow): ClerkStepPage['items'][number] => ({
  ...item,
  nextAt: isoOrNull(nextAt),
  updatedAt: iso(updatedAt),
});
