import {
  type ApplicationForm,
  type CaseEvent,
  isReportedDead,
  type ParentRole,
  parentsToAsk,
  type PlannedNewborn,
} from '@birth/domain';
import { type Clock, CLOCK, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { namedParent, ParentDeaths } from '../births/parent-deaths';
import type { Reply } from '../caller';
import { type County, COUNTY } from '../county';
import { latestOf, standingOf } from '../family/consent-standing';
import { storedForm, type StoredParts, withSections } from '../family/stored-form';
import { asked, newConsent } from '../intake/consent-drafts';
import type { ConsentDraft, ConsentPurpose, LoadedCase, SectionWrite } from '../ports/case-store';
import type { ParentDeathRetracted } from '../shapes/clerk-shapes';
import { StepTransitions } from '../step-transitions';
import type { Clerk } from './clerk-steps';
import { mustSeeCase } from './hand-over-case';

interface Retraction {
  events: CaseEvent[];
  sections: SectionWrite[];
  request: ConsentDraft | null;
}

/**
 * A parent's death was reported by mistake, by whomever (policy P16): what has not begun is planned as before, and a parent who
 * does not have the case is asked again, also so that an own word can open the case anew.
 */
@Injectable()
export class RetractParentDeath {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(COUNTY) private readonly county: County,
    private readonly transitions: StepTransitions,
    private readonly deaths: ParentDeaths,
  ) {}

  async execute(clerk: Clerk, applicationId: string, parent: ParentRole, reason: string): Promise<Reply> {
    let retraction: Retraction = { events: [], sections: [], request: null };
    const outcome = await this.transitions.apply({
      ref: { applicationId },
      by: { actor: 'clerk', actorId: clerk.subject },
      sections: 'all',
      event: (loaded) => {
        mustSeeCase(loaded, clerk);
        retraction = this.retraction(loaded, parent);
        return retraction.events;
      },
      attach: () => ({
        sections: retraction.sections,
        consentRequests: retraction.request === null ? [] : [retraction.request],
        eventReason: reason,
      }),
    });
    if (outcome.outcome !== 'saved') throw new Problem(404, 'not_found');
    const isAsked = retraction.request !== null;
    return { status: 200, body: { applicationId, parent, isAsked } satisfies ParentDeathRetracted };
  }

  private retraction(loaded: LoadedCase, parent: ParentRole): Retraction {
    const { absence: _died, ...alive } = namedParent(loaded, parent);
    if (!isReportedDead(loaded.state, parent)) throw new Problem(409, 'no_death_reported');
    const sections: SectionWrite[] = [{ newbornIndex: null, section: parent, value: alive }];
    const stored = withSections(heardAgain(loaded, parent), sections);
    const newborns = this.deaths.planned(stored);
    const request = this.request(loaded, storedForm(stored), parent, newborns);
    const others = loaded.consents.filter((consent) => consent.parent !== parent);
    const stands = standingOf(request === null ? loaded.consents : [...others, { state: 'open' }]);
    const retracted: CaseEvent = { type: 'parent_death_retracted', parent, newborns, stands };
    const again: CaseEvent = {
      type: 'confirmation_changed',
      change: 'consent_asked',
      parent,
      via: 'online',
      stands,
    };
    return { events: request === null ? [retracted] : [retracted, again], sections, request };
  }

  private request(
    loaded: LoadedCase,
    form: ApplicationForm,
    parent: ParentRole,
    newborns: readonly PlannedNewborn[],
  ): ConsentDraft | null {
    const identity = form[parent]?.identity;
    const hasAnswered = latestOf(loaded.consents, parent)?.state === 'agreed';
    if (hasAnswered || identity === undefined || !parentsToAsk(form).includes(parent)) return null;
    const { settings } = this.county.policyAt(loaded.state.filedAt);
    return newConsent(parent, identity, purposesOf(loaded, parent, newborns), asked(this.clock.now(), settings));
  }
}

/** What this parent was asked before, and what waits for his or her word now. */
function purposesOf(loaded: LoadedCase, parent: ParentRole, newborns: readonly PlannedNewborn[]): ConsentPurpose[] {
  const before = loaded.consents.filter((consent) => consent.parent === parent).flatMap(({ purposes }) => purposes);
  const ways = newborns.flatMap((newborn) => newborn.ways);
  const isHousehold = ways.some((way) => way.code === 'household_registration' && way.needsConfirmation);
  return [
    ...new Set<ConsentPurpose>([
      'certificate_data',
      ...before,
      ...(isHousehold ? ['surname_or_ethnicity' as const] : []),
    ]),
  ];
}

const heardAgain = (loaded: LoadedCase, parent: ParentRole): StoredParts => ({
  state: { ...loaded.state, unheard: loaded.state.unheard.filter((one) => one.parent !== parent) },
  open: (index, sections) => loaded.open(index, sections),
});
