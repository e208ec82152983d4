import { type Decision, type DemandDecision, isHeldByDemand, Refused, type StepRecord } from '@birth/domain';
import { Problem } from '@birth/platform';
import { Injectable } from '@nestjs/common';
import { asConflict } from '../as-conflict';
import { supervisedOf, supervisionWrite } from '../agency/held-answer';
import type { Reply } from '../caller';
import { nextGenerationSecrets } from '../family/answer-correction';
import { ownStep } from '../family/family-step';
import type { LoadedCase } from '../ports/case-store';
import { type Attachments, StepTransitions } from '../step-transitions';
import { coversCounty, isUnlimited } from './clerk-scope';
import { type Clerk, type ClerkRequest, mustBeSeen, stepActed } from './clerk-steps';

type DemandRequest = ClerkRequest & { decision: DemandDecision };

/** The county coordinator decides on a demand for a forbidden paper (policy P8); the office that made it does not. */
@Injectable()
export class DecideDemand {
  constructor(private readonly transitions: StepTransitions) {}

  async execute(clerk: Clerk, stepId: string, request: DemandRequest): Promise<Reply> {
    if (!isCoordinator(clerk)) throw new Problem(403, 'coordinator_only');
    const outcome = await this.transitions
      .apply({
        ref: { stepId },
        by: { actor: 'clerk', actorId: clerk.subject },
        sections: 'all',
        event: (loaded) => {
          mustBeSeen(loaded, stepId, clerk.scope, request.expectedVersion);
          return { type: 'demand_decided', stepId, decision: request.decision, held: openHeld(loaded, stepId) };
        },
        attach: (decision, loaded) => ({
          ...decided(request.decision, decision, loaded, stepId),
          eventReason: request.reason,
        }),
      })
      .catch(asConflict);
    return stepActed(outcome, stepId, request);
  }
}

const isCoordinator = ({ scope }: Clerk): boolean =>
  coversCounty(scope) && isUnlimited(scope.agencies) && isUnlimited(scope.offices);

/** What the step waits for; null where the demand left the step alone. Refused where nothing waits for a decision. */
function openHeld(loaded: LoadedCase, stepId: string) {
  const step = ownStep(loaded, stepId);
  const { held, report } = supervisedOf(loaded, step);
  const isOpen = (found: { decision: DemandDecision | null } | null) => found !== null && found.decision === null;
  if (!isOpen(held) && !isOpen(report)) throw new Refused('no_demand_held');
  return held !== null && isHeldByDemand(step) ? held.event : null;
}

function decided(
  decision: DemandDecision,
  { state }: Pick<Decision, 'state'>,
  loaded: LoadedCase,
  stepId: string,
): Attachments {
  const before = ownStep(loaded, stepId);
  const { held, report } = supervisedOf(loaded, before);
  const after = state.steps.find(({ id }) => id === stepId);
  const change = {
    held: held === null ? null : { ...held, decision: held.decision ?? decision },
    report: report === null ? null : { ...report, decision: report.decision ?? decision },
  };
  return { sections: [supervisionWrite(loaded, before, change)], ...words(decision, before, after, loaded) };
}

/** Released words become the step's; a request that goes out again names the receipt of the one before. */
function words(
  decision: DemandDecision,
  before: StepRecord,
  after: StepRecord | undefined,
  loaded: LoadedCase,
): Attachments {
  const { held } = supervisedOf(loaded, before);
  if (held === null || held.decision !== null) return {};
  if (decision === 'released') return { secrets: [{ stepId: before.id, agencyText: held.text }] };
  return after !== undefined && after.generation > before.generation ? nextGenerationSecrets(loaded, before.id) : {};
}
