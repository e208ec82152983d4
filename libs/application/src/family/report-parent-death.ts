import { isSamePerson, type ParentRole } from '@birth/domain';
import { Problem } from '@birth/platform';
import { Injectable } from '@nestjs/common';
import { namedParent, NOTHING_TOLD, ParentDeaths, type ParentDeathTold } from '../births/parent-deaths';
import type { Caller, Once, Reply } from '../caller';
import { FamilyStep } from './family-step';

/** A parent of the case tells that the other one died: he or she is asked for nothing any more (policy P16). */
@Injectable()
export class ReportParentDeath {
  constructor(
    private readonly family: FamilyStep,
    private readonly deaths: ParentDeaths,
  ) {}

  execute(caller: Caller, once: Once, applicationId: string, parent: ParentRole): Promise<Reply> {
    let told: ParentDeathTold = NOTHING_TOLD;
    return this.family.apply({
      caller,
      once,
      applicationId,
      isForBothParents: true,
      event: (loaded) => {
        const { identity } = caller;
        const isSelf = identity !== undefined && isSamePerson(namedParent(loaded, parent).identity, identity);
        if (isSelf) throw new Problem(409, 'own_death');
        told = this.deaths.told(loaded, parent, 'parent');
        return told.events;
      },
      attach: () => told.attachments,
    });
  }
}
