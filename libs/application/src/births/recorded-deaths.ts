import { Inject, Injectable } from '@nestjs/common';
import type { ActedBy } from '../event-chain';
import { BIRTH_RECORD_STORE, type BirthRecordStore } from '../ports/birth-records';
import { StepTransitions } from '../step-transitions';

/** A hospital's record says that the child died: the case that uses it is told, however often it is said (policy P16). */
@Injectable()
export class RecordedDeaths {
  constructor(
    @Inject(BIRTH_RECORD_STORE) private readonly records: BirthRecordStore,
    private readonly transitions: StepTransitions,
  ) {}

  async tell(recordNumbers: readonly string[], by: ActedBy & { actorId: string }): Promise<void> {
    for (const { applicationId, newbornIndex } of await this.records.deathsOf(by.actorId, recordNumbers)) {
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
}
