import { Injectable } from '@nestjs/common';
import type { ActedBy } from '../event-chain';
import type { RecordUse } from '../ports/birth-records';
import { StepTransitions } from '../step-transitions';

/** A hospital's record says that the child died: the case that uses it is told, however often it is said (policy P16). */
@Injectable()
export class RecordedDeaths {
  constructor(private readonly transitions: StepTransitions) {}

  async tell({ applicationId, newbornIndex }: RecordUse, by: ActedBy): Promise<void> {
    await this.transitions.apply({
      ref: { applicationId },
      by,
      event: ({ state }) => {
        const newborn = state.newborns.find(({ index }) => index === newbornIndex);
        const isKnown = newborn === undefined || newborn.deathReportedAt !== null;
        return isKnown ? null : { type: 'death_reported', newbornIndex, reportedBy: 'hospital' };
      },
    });
  }
}
