import { type Decision, type DeathRetractedEvent, type StepWay, waysOf } from '@birth/domain';
import { Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { asConflict } from '../as-conflict';
import type { Reply } from '../caller';
import { type County, COUNTY } from '../county';
import { standingOf } from '../family/consent-standing';
import type { NewbornRef } from '../family/decide-name';
import { newbornTokensOf } from '../family/reapply';
import { storedBirth, storedForm } from '../family/stored-form';
import type { LoadedCase, StepSecretWrite } from '../ports/case-store';
import type { DeathRetracted } from '../shapes/clerk-shapes';
import { StepTransitions } from '../step-transitions';
import type { Clerk } from './clerk-steps';
import { mustSeeNewborn } from './record-death';

/** A newborn's death was reported by mistake, by whomever: what was stopped goes on, and the clerk reads what of it does (P16). */
@Injectable()
export class RetractDeath {
  constructor(
    private readonly transitions: StepTransitions,
    @Inject(COUNTY) private readonly county: County,
  ) {}

  async execute(clerk: Clerk, { applicationId, newbornIndex }: NewbornRef, reason: string): Promise<Reply> {
    let decided: Decision | undefined;
    const outcome = await this.transitions
      .apply({
        ref: { applicationId },
        by: { actor: 'clerk', actorId: clerk.subject },
        sections: 'all',
        event: (loaded): DeathRetractedEvent => {
          mustSeeNewborn(loaded, newbornIndex, clerk);
          const stands = standingOf(loaded.consents);
          return { type: 'death_retracted', newbornIndex, ways: this.waysOf(loaded, newbornIndex), stands };
        },
        attach: (decision, loaded) => {
          decided = decision;
          const secrets = asNewCases(decision, loaded);
          return { secrets, reclaimedNewborn: newbornTokensOf(loaded, newbornIndex), eventReason: reason };
        },
      })
      .catch(asConflict);
    if (outcome.outcome === 'duplicate_newborn') throw new Problem(409, 'child_has_case');
    if (outcome.outcome !== 'saved' || decided === undefined) throw new Problem(404, 'not_found');
    return { status: 200, body: { applicationId, newbornIndex, steps: stepsOf(decided, newbornIndex) } };
  }

  private waysOf(loaded: LoadedCase, newbornIndex: number): StepWay[] {
    const birth = storedBirth(loaded, newbornIndex);
    const now = loaded.state.filedAt;
    const context = { offices: this.county.offices, ...this.county.policyAt(now), now };
    return birth === null ? [] : waysOf(storedForm(loaded), newbornIndex, birth, context);
  }
}

const stepsOf = ({ state }: Decision, newbornIndex: number): DeathRetracted['steps'] =>
  state.steps
    .filter((step) => step.newbornIndex === newbornIndex)
    .map(({ id: stepId, code, state: of, reason }) => ({ stepId, code, state: of, reason }));

/** What an agency gave back is over there: the new request supplements nothing. */
function asNewCases({ changedSteps }: Decision, { state }: LoadedCase): StepSecretWrite[] {
  const before = new Map(state.steps.map((step) => [step.id, step.generation]));
  return changedSteps
    .filter(({ id, generation }) => (before.get(id) ?? generation) < generation)
    .map(({ id: stepId }) => ({ stepId, receipt: null, earlierReceipt: null, agencyText: null }));
}
