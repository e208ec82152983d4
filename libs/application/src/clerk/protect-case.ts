import { Problem } from '@birth/platform';
import { Injectable } from '@nestjs/common';
import type { Reply } from '../caller';
import type { CaseProtected } from '../shapes/clerk-shapes';
import { StepTransitions } from '../step-transitions';
import type { Clerk } from './clerk-steps';
import { mustSeeCase } from './hand-over-case';

export interface Protection {
  isProtected: boolean;
  /** Why, in the clerk's words. */
  reason: string;
}

/**
 * The other parent is to learn nothing of a case: neither that there is one, nor what he or she was asked or confirmed
 * (policy P7). Set and lifted by a clerk; the same word again changes nothing.
 */
@Injectable()
export class ProtectCase {
  constructor(private readonly transitions: StepTransitions) {}

  async execute(clerk: Clerk, applicationId: string, { isProtected, reason }: Protection): Promise<Reply> {
    const outcome = await this.transitions.apply({
      ref: { applicationId },
      by: { actor: 'clerk', actorId: clerk.subject },
      event: (loaded) => {
        mustSeeCase(loaded, clerk);
        return loaded.isProtected === isProtected ? null : { type: 'protection_changed', isProtected };
      },
      attach: () => ({ isProtected, eventReason: reason }),
    });
    if (outcome.outcome !== 'saved' && outcome.outcome !== 'unchanged') throw new Problem(404, 'not_found');
    return { status: 200, body: { applicationId, isProtected } satisfies CaseProtected };
  }
}
