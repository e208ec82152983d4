import type { ParentRole } from '@birth/domain';
import { Problem } from '@birth/platform';
import { Injectable } from '@nestjs/common';
import { NOTHING_TOLD, ParentDeaths, type ParentDeathTold } from '../births/parent-deaths';
import type { Reply } from '../caller';
import type { ParentDeathRecorded } from '../shapes/clerk-shapes';
import { StepTransitions } from '../step-transitions';
import type { Clerk } from './clerk-steps';
import { mustSeeCase } from './hand-over-case';

/** A clerk was told of a parent's death; told again, nothing changes (policy P16). */
@Injectable()
export class RecordParentDeath {
  constructor(
    private readonly transitions: StepTransitions,
    private readonly deaths: ParentDeaths,
  ) {}

  async execute(clerk: Clerk, applicationId: string, parent: ParentRole, reason: string): Promise<Reply> {
    let told: ParentDeathTold = NOTHING_TOLD;
    const outcome = await this.transitions.apply({
      ref: { applicationId },
      by: { actor: 'clerk', actorId: clerk.subject },
      sections: 'all',
      event: (loaded) => {
        mustSeeCase(loaded, clerk);
        told = this.deaths.told(loaded, parent, 'clerk');
        return told.events;
      },
      attach: () => ({ ...told.attachments, eventReason: reason }),
    });
    if (outcome.outcome !== 'saved' && outcome.outcome !== 'unchanged') throw new Problem(404, 'not_found');
    return { status: 200, body: { applicationId, parent } satisfies ParentDeathRecorded };
  }
}
