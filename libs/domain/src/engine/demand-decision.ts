import type { StepRecord } from '../case-state';
import { applyReleased } from './answers';
import { type CaseDraft, DEMAND_TASKS } from './case-draft';
import { type DemandDecidedEvent, Refused } from './case-event';
import { nextGeneration } from './next-generation';
import { startPromise } from './promise-clock';
import { isHeldByDemand } from './standing';

/** The county coordinator's word on a demand for a forbidden paper (P8). */
export function takeDemandDecision(draft: CaseDraft, event: DemandDecidedEvent): void {
  const step = draft.step(event.stepId);
  draft.closeTasks({ stepId: step.id, kinds: DEMAND_TASKS });
  if (event.held === null) {
    draft.note(`demand_${event.decision}`, step);
    return;
  }
  if (!isHeldByDemand(step)) throw new Refused('no_demand_held');
  if (event.decision === 'overruled') return goOn(draft, step, event.held);
  draft.note('demand_released', step);
  applyReleased(draft, step, event.held);
}

/**
 * The agency has to go on without the paper. What it had ended or given back is sent once more, as a supplement of the
 * same case; what it still has is waited for, and promised from now where nothing was.
 */
function goOn(draft: CaseDraft, step: StepRecord, held: { kind: string }): void {
  const isGivenBack = held.kind === 'rejected' || held.kind === 'correction_needed';
  const canBeAsked = draft.context.profileOf(step).hasCheck && step.mode !== 'already_done';
  const isSentAgain = (isGivenBack || !canBeAsked) && step.withdrawalRequestedAt === null;
  const waited = { state: 'accepted', reason: 'in_progress', owner: 'agency', ...startPromise(draft, step) } as const;
  draft.move(step.id, isSentAgain ? nextGeneration(step) : waited, 'demand_overruled');
}
