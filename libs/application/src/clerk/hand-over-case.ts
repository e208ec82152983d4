import { Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Reply } from '../caller';
import { namedParent } from '../births/parent-deaths';
import { newApplicant } from '../family/readdressed';
import type { CaseConsent, LoadedCase, SectionWrite } from '../ports/case-store';
import { CASE_READS, type CaseReads } from '../ports/reads';
import type { CaseHandedOver } from '../shapes/clerk-shapes';
import { StepTransitions } from '../step-transitions';
import { isInScope } from './clerk-scope';
import type { Clerk } from './clerk-steps';

export interface HandOver {
  /** Who goes on with the case. */
  parent: CaseConsent['parent'];
  /** Why, and on which evidence, in the clerk's words. */
  reason: string;
}

/**
 * Who filed has died: the other parent goes on with the case (policy P16). Only an account that proved to be this parent's
 * by confirming online; nobody types an account. Who filed before sees the case no more.
 */
@Injectable()
export class HandOverCase {
  constructor(
    @Inject(CASE_READS) private readonly reads: CaseReads,
    private readonly transitions: StepTransitions,
  ) {}

  async execute(clerk: Clerk, applicationId: string, { parent, reason }: HandOver): Promise<Reply> {
    const subject = await this.reads.confirmedParent(applicationId, parent);
    const outcome = await this.transitions.apply({
      ref: { applicationId },
      by: { actor: 'clerk', actorId: clerk.subject },
      sections: 'all',
      event: (loaded) => {
        mustSeeCase(loaded, clerk);
        if (subject === null) throw new Problem(409, 'parent_not_confirmed');
        return loaded.applicantSubject === subject ? null : { type: 'applicant_changed', parent };
      },
      attach: (_decision, loaded) => ({
        eventReason: reason,
        ...(subject === null ? {} : { applicantSubject: subject, sections: inNameOf(loaded, parent) }),
      }),
    });
    if (outcome.outcome !== 'saved' && outcome.outcome !== 'unchanged') throw new Problem(404, 'not_found');
    return { status: 200, body: { applicationId, parent } satisfies CaseHandedOver };
  }
}

/** From now on this parent is who files: agencies write to nobody else (policy P16). */
function inNameOf(loaded: LoadedCase, parent: HandOver['parent']): SectionWrite[] {
  const { name, identity, mobile } = namedParent(loaded, parent);
  return newApplicant(loaded, { role: parent, name, identity, mobile });
}

/** A case without a step in the clerk's scope is as unknown as none. */
export function mustSeeCase({ state }: LoadedCase, { scope }: Clerk): void {
  if (!state.steps.some((step) => isInScope(scope, step))) throw new Problem(404, 'not_found');
}
