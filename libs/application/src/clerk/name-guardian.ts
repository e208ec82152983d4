import { isProof } from '@birth/domain';
import { type Clock, CLOCK, Problem } from '@birth/platform';
import { checkResidentId } from '@birth/standards';
import { Inject, Injectable } from '@nestjs/common';
import type { Reply } from '../caller';
import { type County, COUNTY } from '../county';
import { asked, newConsent } from '../intake/consent-drafts';
import type { CaseConsent, ConsentDraft, IdentityPaper, LoadedCase } from '../ports/case-store';
import type { GuardianNamed } from '../shapes/clerk-shapes';
import { StepTransitions } from '../step-transitions';
import { iso } from '../views/moments';
import type { Clerk } from './clerk-steps';
import { endedWords } from './ended-words';
import { mustSeeCase } from './hand-over-case';

export interface Guardianship {
  /** The paper that the guardian showed at the desk. */
  identity: IdentityPaper;
  /** Parents whose word can no longer be had. */
  unable: readonly CaseConsent['parent'][];
  /** Why, and on which evidence, in the clerk's words. */
  reason: string;
}

/**
 * The mother died, or both parents are unable: a clerk names the child's guardian, who takes the case over by an own account
 * with exactly this paper (policy P16). The token is said once; a guardian who is named later takes this one's place.
 */
@Injectable()
export class NameGuardian {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(COUNTY) private readonly county: County,
    private readonly transitions: StepTransitions,
  ) {}

  async execute(clerk: Clerk, applicationId: string, { identity, unable, reason }: Guardianship): Promise<Reply> {
    mustProve(identity);
    let draft: ConsentDraft<'guardian'> | undefined;
    const outcome = await this.transitions.apply({
      ref: { applicationId },
      by: { actor: 'clerk', actorId: clerk.subject },
      sections: 'all',
      event: (loaded) => {
        mustSeeCase(loaded, clerk);
        draft = this.draft(loaded, identity);
        const [mother, father] = [unable.includes('mother'), unable.includes('father')];
        return [{ type: 'guardian_named', mother, father }, ...endedWords(loaded, unable)];
      },
      attach: () => ({
        eventReason: reason,
        endedConsents: unable,
        consentRequests: draft === undefined ? [] : [draft],
      }),
    });
    if (outcome.outcome !== 'saved' || draft === undefined) throw new Problem(404, 'not_found');
    const { token, expiresAt } = draft;
    return { status: 200, body: { applicationId, token, expiresAt: iso(expiresAt) } satisfies GuardianNamed };
  }

  private draft({ state }: LoadedCase, identity: IdentityPaper): ConsentDraft<'guardian'> {
    const { settings } = this.county.policyAt(state.filedAt);
    return newConsent('guardian', identity, [], asked(this.clock.now(), settings));
  }
}

/** A paper that names everybody names nobody. */
function mustProve(identity: IdentityPaper): void {
  const pointer = '/identity/number';
  const refuse = (code: string) => new Problem(422, 'form_invalid', { errors: [{ pointer, code }] });
  if (!isProof(identity)) throw refuse('missing');
  if (identity.type !== 'resident_id_card') return;
  const checked = checkResidentId(identity.number);
  if (!checked.valid) throw refuse(`bad_${checked.problem}`);
}
