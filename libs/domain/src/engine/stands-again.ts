import type { StepRecord } from '../case-state';
import type { CaseDraft, HistoryEntry } from './case-draft';
import { nextGeneration } from './next-generation';

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
      return { reason: 'in_progress', owner: 'agency' };
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

/** What the agency gave back is sent anew, as a case of its own. */
export function sendAfresh(draft: CaseDraft, step: StepRecord, detail: HistoryEntry['detail'] = {}): void {
  const anew = { promise: null, promisedOn: null, source: null, withdrawalRequestedAt: null } as const;
  draft.move(step.id, { ...nextGeneration(step), ...anew }, 'brought_back', detail);
}
