import type { ApplicantForm } from '@birth/domain';
import { type Clock, CLOCK, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { type Caller, type Once, onceRow, type Reply } from '../caller';
import type { LoadedCase } from '../ports/case-store';
import { CONSENT_STORE, type ConsentRef, type ConsentStore } from '../ports/reads';
import type { CaseTakenOver } from '../shapes/family-shapes';
import { newApplicant } from './readdressed';
import { StepTransitions } from '../step-transitions';

/** The guardian whom a clerk named goes on with the case, by an account with the very paper that was shown (policy P16). */
@Injectable()
export class TakeOver {
  constructor(
    @Inject(CONSENT_STORE) private readonly store: ConsentStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly transitions: StepTransitions,
  ) {}

  /** 404 for whoever was not named, 410 where another was named since or the time is over. */
  async execute(caller: Caller, once: Once, token: string, mobile: string): Promise<Reply> {
    const { identity } = caller;
    const asked = identity === undefined ? null : await this.store.findGuardian(token, identity);
    if (identity === undefined || asked === null) throw new Problem(404, 'not_found');
    const { type, number, name } = identity;
    const applicant = { role: 'guardian', name, identity: { type, number }, mobile } as ApplicantForm;
    const outcome = await this.transitions.apply({
      ref: { applicationId: asked.applicationId },
      by: { actor: 'applicant', actorId: caller.subject },
      once: onceRow(caller, once),
      sections: 'all',
      event: (loaded) => {
        this.mustBeOpen(loaded, asked);
        return { type: 'applicant_changed', parent: 'guardian' };
      },
      attach: (_decision, loaded) => ({
        applicantSubject: caller.subject,
        endedConsents: ['guardian'],
        sections: newApplicant(loaded, applicant),
      }),
      respond: (_decision, { state, caseNumber }) => ({
        status: 200,
        body: { applicationId: state.id, caseNumber } satisfies CaseTakenOver,
      }),
    });
    if (outcome.outcome === 'replayed') return outcome.response;
    if (outcome.outcome !== 'saved' || outcome.response === undefined) throw new Problem(404, 'not_found');
    return outcome.response;
  }

  private mustBeOpen({ guardians }: LoadedCase, { id }: ConsentRef): void {
    const asked = guardians.find((guardian) => guardian.id === id);
    const isOpen = asked?.state === 'open' && asked.expiresAt >= this.clock.now();
    if (!isOpen) throw new Problem(410, 'consent_expired');
  }
}
