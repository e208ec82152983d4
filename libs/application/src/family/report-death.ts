import { Injectable } from '@nestjs/common';
import type { Caller, Once, Reply } from '../caller';
import { deathOf } from '../births/death-of';
import type { NewbornRef } from './decide-name';
import { FamilyStep } from './family-step';

/** A parent of the case tells of a newborn's death; nothing else is asked of the family (policy P16). */
@Injectable()
export class ReportDeath {
  constructor(private readonly family: FamilyStep) {}

  execute(caller: Caller, once: Once, { applicationId, newbornIndex }: NewbornRef): Promise<Reply> {
    return this.family.apply({
      caller,
      once,
      applicationId,
      isForBothParents: true,
      event: (loaded) => deathOf(loaded, newbornIndex, 'parent'),
    });
  }
}
