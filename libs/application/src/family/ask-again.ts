import { type CaseEvent, isTerminal } from '@birth/domain';
import { type Clock, CLOCK, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Once, Reply } from '../caller';
import { type County, COUNTY } from '../county';
import { asked, consentToSend, newConsent } from '../intake/consent-drafts';
import type { ConsentDraft, LoadedCase } from '../ports/case-store';
import { standingOf } from './consent-standing';
import { FamilyStep } from './family-step';
import { requestOf } from './record-consent';

/** Asks a parent again, after a refusal, when the request ran out, or because the link was lost: a new token, the old one is dead. */
@Injectable()
export class AskAgain {
  constructor(
    private readonly family: FamilyStep,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(COUNTY) private readonly county: County,
  ) {}

  execute(caller: Caller, once: Once, applicationId: string, parent: 'mother' | 'father'): Promise<Reply> {
    let draft: ConsentDraft | null = null;
    return this.family.apply({
      caller,
      once,
      applicationId,
      event: (loaded): CaseEvent => {
        draft = this.draft(loaded, parent);
        const others = loaded.consents.filter((consent) => consent.parent !== parent);
        const stands = standingOf([...others, { state: 'open' }]);
        return { type: 'confirmation_changed', change: 'consent_asked', parent, via: 'online', stands };
      },
      attach: () => ({ consentRequests: [draft as ConsentDraft] }),
      reply: () => ({ consent: consentToSend(draft as ConsentDraft) }),
    });
  }

  private draft(loaded: LoadedCase, parent: 'mother' | 'father'): ConsentDraft {
    const { state, purposes } = requestOf(loaded, parent);
    if (!isWaiting(loaded)) throw new Problem(409, 'nothing_to_confirm');
    if (state === 'agreed') throw new Problem(409, 'consent_already_answered');
    const { settings } = this.county.policyAt(loaded.state.filedAt);
    const requests = loaded.consents.filter((consent) => consent.parent === parent);
    // nobody is pressed for ever: after these the hospital's desk is the way
    if (requests.length >= settings.confirmationRequests) throw new Problem(409, 'asked_too_often');
    const identity = loaded.open(0, [parent])[parent]?.identity;
    if (identity === undefined) throw new Problem(404, 'not_found');
    return newConsent(parent, identity, purposes, asked(this.clock.now(), settings));
  }
}

const isWaiting = ({ state }: LoadedCase): boolean =>
  state.steps.some(
    ({ state: of, holds }) =>
      !isTerminal(of) && (holds.includes('parent_confirmation') || holds.includes('parent_refused')),
  );
