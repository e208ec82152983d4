import { type IdentityDocument, isReportedDead, isSamePerson } from '@birth/domain';
import { Injectable } from '@nestjs/common';
import type { ActedBy } from '../event-chain';
import type { RecordUse } from '../ports/birth-records';
import { StepTransitions } from '../step-transitions';
import { NOTHING_TOLD, ParentDeaths, type ParentDeathTold } from './parent-deaths';

/** A hospital's record says that the child died: the case that uses it is told, however often it is said (policy P16). */
@Injectable()
export class RecordedDeaths {
  constructor(
    private readonly transitions: StepTransitions,
    private readonly parents: ParentDeaths,
  ) {}

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

  /** She died: a case that names another mother is told nothing. */
  async tellOfMother(
    applicationId: string,
    identity: Pick<IdentityDocument, 'number'> & { type: string },
    by: ActedBy,
  ): Promise<void> {
    let told: ParentDeathTold = NOTHING_TOLD;
    await this.transitions.apply({
      ref: { applicationId },
      by,
      sections: 'all',
      event: (loaded) => {
        const { mother } = loaded.open(0, ['mother']);
        const isNamed = mother !== null && isSamePerson(mother.identity, identity);
        if (!isNamed || isReportedDead(loaded.state, 'mother')) return null;
        told = this.parents.told(loaded, 'mother', 'hospital');
        return told.events;
      },
      attach: () => told.attachments,
    });
  }
}
