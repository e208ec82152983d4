import type { StepWay } from '../case-plan';
import type { StepRecord } from '../case-state';
import { isTerminal } from '../vocabulary';
import type { CaseDraft } from './case-draft';
import { type CaseEvent, Refused } from './case-event';
import { redirectPapers } from './paper-moves';
import { isHeldByConflict, isHeldByDemand } from './standing';
import { wasNeverSent } from './withdrawal';

type Assigned = Extract<CaseEvent, { type: 'office_assigned' }>;

/** Policy P2: another office takes the step, with a clerk's reason; whether it may at all was looked at before. */
export function takeAssignment(draft: CaseDraft, { stepId, officeCode, channel }: Assigned): void {
  const step = draft.step(stepId);
  if (isTerminal(step.state)) throw new Refused('step_has_ended');
  if (step.withdrawalRequestedAt !== null) throw new Refused('withdrawal_is_open');
  if (isHeldByDemand(step)) throw new Refused('demand_needs_decision');
  if (isHeldByConflict(step)) throw new Refused('conflict_needs_decision');
  // a document is handed out where it is
  if (step.code === 'delivery' || !canLetGo(draft, step, channel)) throw new Refused('office_has_step');
  redirectPapers(draft, step, officeCode);
  const ruled = step.assignedFrom ?? step.officeCode;
  const assignedFrom = ruled === officeCode ? null : ruled;
  draft.move(step.id, { officeCode, channel, assignedFrom }, 'office_assigned', {
    from: step.officeCode,
    to: officeCode,
  });
  const call = draft.workOf(step.id, 'CALL');
  // a wake-up under way has read the old office
  if (call !== undefined) draft.putWork({ ...call, dueAt: draft.context.now }, true);
}

/** What an agency's system was given stays there until it answers; a worklist's task is ours and moves with the step. */
const canLetGo = (draft: CaseDraft, step: StepRecord, channel: StepRecord['channel']): boolean =>
  wasNeverSent(draft, step) || (step.state !== 'queued' && step.channel === 'worklist' && channel === 'worklist');

type Office = Pick<StepRecord, 'officeCode' | 'channel' | 'officeKind' | 'assignedFrom'>;

/** The rule is asked again: while it chooses as it did before, the clerk's office stands. */
export function officeOf(step: StepRecord, { officeCode, channel, officeKind }: StepWay): Office {
  if (step.assignedFrom === officeCode && step.officeKind === officeKind) {
    return { officeCode: step.officeCode, channel: step.channel, officeKind, assignedFrom: officeCode };
  }
  return { officeCode, channel, officeKind, assignedFrom: null };
}
