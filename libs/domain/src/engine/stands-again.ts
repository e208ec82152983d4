import type { StepRecord } from '../case-state';
import type { CaseDraft, HistoryEntry } from './case-draft';
import { nextGeneration } from './next-generation';
import { isBeingVerified, isHeldByConflict } from './standing';

const DAY_MS = 86_400_000;

/** The agency is asked to give back what a death that was none had stopped. */
export const isTakenBackByMistake = ({ reason, withdrawalRequestedAt }: StepRecord): boolean =>
  reason === 'death_retracted' && withdrawalRequestedAt !== null;

/** A step that was set aside stands as its state says; a person looks where nothing else says why. */
export function standAgain(draft: CaseDraft, step: StepRecord): Partial<StepRecord> {
  switch (step.state) {
    case 'queued':
      return { reason: 'to_be_sent', owner: 'platform' };
    case 'accepted':
      return acceptedAgain(step);
    case 'suspended':
      return { reason: 'special_procedure', owner: 'agency' };
    case 'correction_needed': {
      const correctionDueAt = draft.context.now + draft.context.settings.correctionDays * DAY_MS;
      return { reason: 'agency_asked_correction', owner: 'applicant', correctionDueAt };
    }
    case 'action_needed':
      return { reason: 'agency_asked_action', owner: 'applicant' };
    default:
      return { reason: 'outcome_unknown', owner: 'clerk' };
  }
}

/** What the family reported of a counter is compared, and what the agency has only been given is not promised. */
function acceptedAgain({ source, promise, deliveredAt }: StepRecord): Partial<StepRecord> {
  if (source === 'counter' || source === 'external') return { reason: 'verifying', owner: 'clerk' };
  const isDelivered = deliveredAt !== null && promise === null;
  return { reason: isDelivered ? 'awaiting_acceptance' : 'in_progress', owner: 'agency' };
}

/** Tasks had ended with the request to give the step back: whoever has it now is asked anew. */
export function askAgain(draft: CaseDraft, step: StepRecord): void {
  if (isBeingVerified(step)) {
    const reason = step.source === 'external' ? 'external_result_given' : 'reported_done_elsewhere';
    draft.openTask({ stepId: step.id, kind: 'verification', reason });
  }
  if (step.state === 'stuck' && !isHeldByConflict(step)) {
    draft.openTask({ stepId: step.id, kind: 'stuck', reason: 'outcome_unknown' });
  }
}

/** What the agency gave back is sent anew, as a case of its own. */
export function sendAfresh(draft: CaseDraft, step: StepRecord, detail: HistoryEntry['detail'] = {}): void {
  const anew = { promise: null, promisedOn: null, source: null, withdrawalRequestedAt: null } as const;
  draft.move(step.id, { ...nextGeneration(step), ...anew }, 'brought_back', detail);
}
