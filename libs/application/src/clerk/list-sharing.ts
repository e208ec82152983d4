import type { Receiver } from '@birth/domain';
import { type Clock, CLOCK } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { calendarYear } from '../calendar-year';
import { SHARE_STORE, type ShareStore } from '../ports/share-store';
import type { SharingView } from '../shapes/sharing-shapes';
import { RECEIVERS } from '../sharing/load-receivers';
import { type ClerkScope, coversCounty } from './clerk-scope';

/** Who is told what of newborns, on which basis and why, and what became of it in a year (P19). Codes and numbers alone. */
@Injectable()
export class ListSharing {
  constructor(
    @Inject(SHARE_STORE) private readonly shares: ShareStore,
    @Inject(RECEIVERS) private readonly receivers: readonly Receiver[],
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(scope: ClerkScope, given: number | undefined): Promise<SharingView> {
    const { year, from, to } = calendarYear(given, this.clock.now());
    const counts = coversCounty(scope) ? await this.shares.counts(from, to) : [];
    return {
      year,
      receivers: this.receivers.map(({ code, name, legalBasis, purpose, facts, fields }) => ({
        code,
        name,
        legalBasis,
        purpose,
        facts: [...facts],
        fields: [...fields],
        counts: counts
          .filter(({ receiver }) => receiver === code)
          .map(({ about, event, made, received, disputed }) => ({ about, event, made, received, disputed })),
      })),
    };
  }
}
