import { type CaseEvent, type Decision, type StepRecord } from '@birth/domain';
import { type Clock, CLOCK, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { supervisedOf } from '../agency/held-answer';
import { asConflict } from '../as-conflict';
import { type Caller, type Once, onceRow, type Reply } from '../caller';
import { type County, COUNTY } from '../county';
import { duplicateProblem } from '../intake/duplicate-newborn';
import { CASE_STORE, type CaseStore, type LoadedCase } from '../ports/case-store';
import { CASE_READS, type CaseReads } from '../ports/reads';
import { type Attachments, StepTransitions } from '../step-transitions';
import type {
  AskedCase,
  CorrectedCase,
  DemandReported,
  NamedCase,
  RatedCase,
  TrackedCase,
  WithdrawnCase,
} from '../shapes/family-shapes';
import { birthRegion } from '../views/birth-region';
import { caseView, isOfBirth } from '../views/case-view';

export interface FamilyRequest {
  caller: Caller;
  once: Once;
  applicationId: string;
  /** Also for the other parent after confirming, who sees states and dates (P7). */
  isForBothParents?: true;
  event(loaded: LoadedCase): CaseEvent | readonly CaseEvent[];
  attach?(decision: Decision, loaded: LoadedCase): Attachments;
  /** What the reply says besides the case; the case alone when absent. */
  reply?(
    decision: Decision,
    loaded: LoadedCase,
  ): Partial<WithdrawnCase & NamedCase & AskedCase & DemandReported & CorrectedCase & RatedCase>;
}

/** Something the applicant asks for: once by its key, only on an own case, answered with the case as it then is. */
@Injectable()
export class FamilyStep {
  constructor(
    private readonly transitions: StepTransitions,
    @Inject(CASE_STORE) private readonly store: CaseStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(COUNTY) private readonly county: County,
    @Inject(CASE_READS) private readonly reads: CaseReads,
  ) {}

  async apply(request: FamilyRequest): Promise<Reply> {
    const { caller, once, applicationId } = request;
    const isOther = request.isForBothParents === true && (await this.isOtherParent(request));
    const outcome = await this.transitions
      .apply({
        ref: { applicationId },
        by: { actor: isOther ? 'other_parent' : 'applicant', actorId: caller.subject },
        once: onceRow(caller, once),
        sections: 'all',
        event: (loaded) => {
          if (!isOther && loaded.applicantSubject !== caller.subject) throw new Problem(404, 'not_found');
          return request.event(loaded);
        },
        attach: (decision, loaded) => request.attach?.(decision, loaded) ?? {},
        respond: (decision, loaded) => this.respond(request, decision, loaded),
      })
      .catch(asConflict);
    if (outcome.outcome === 'replayed') return outcome.response;
    if (outcome.outcome === 'duplicate_newborn') throw await duplicateProblem(this.store, outcome, caller);
    if (outcome.outcome !== 'saved' || outcome.response === undefined) throw new Problem(404, 'not_found');
    return outcome.response;
  }

  private async isOtherParent({ applicationId, caller }: FamilyRequest): Promise<boolean> {
    return (await this.reads.relation(applicationId, caller.subject)) === 'confirmed_parent';
  }

  private respond(request: FamilyRequest, decision: Decision, loaded: LoadedCase): Reply {
    const now = this.clock.now();
    const isOwn = loaded.applicantSubject === request.caller.subject;
    const view = caseView(decision.state, {
      county: this.county,
      locale: request.caller.locale ?? 'zh-CN',
      now,
      secretsOf: (stepId) => (isOwn ? secretsIfKnown(loaded, stepId) : NO_SECRETS),
      showsPapers: () => isOwn,
      showsOffice: (step) => isOwn || isOfBirth(step),
      birthRegionOf: (step) => (isOwn ? birthRegion(loaded, step) : null),
      supervisedOf: (step) => supervisedOf(loaded, step),
      showsHeldWords: false,
    });
    const own: TrackedCase = { ...view, caseNumber: loaded.caseNumber };
    return { status: 200, body: { ...own, ...request.reply?.(decision, loaded) } };
  }
}

const NO_SECRETS = { receipt: null, earlierReceipt: null, agencyText: null };

function secretsIfKnown(loaded: LoadedCase, stepId: string) {
  const isKnown = loaded.state.steps.some((step) => step.id === stepId);
  return isKnown ? loaded.openStep(stepId) : NO_SECRETS;
}

/** The step of this case, else as unknown as any other. */
export function ownStep(loaded: LoadedCase, stepId: string): StepRecord {
  const step = loaded.state.steps.find((candidate) => candidate.id === stepId);
  if (step === undefined) throw new Problem(404, 'not_found');
  return step;
}
