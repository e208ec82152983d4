import type { StepRecord } from '../case-state';
import type { CaseDraft } from './case-draft';

/** A person looks at it; the step stays as it is. */
export function openTaskOnly(draft: CaseDraft, step: StepRecord, reason: string): void {
  draft.disposition = 'conflict';
  draft.note('conflict_found', step, step.state, { conflict: reason });
  draft.openTask({ stepId: step.id, kind: 'conflict', reason });
}

/** A person decides; until then nothing more is sent for this step. */
export function openConflict(draft: CaseDraft, step: StepRecord, reason: string): void {
  draft.disposition = 'conflict';
  draft.move(step.id, { state: 'stuck', reason: 'conflict', owner: 'clerk' }, 'conflict_found', { conflict: reason });
  draft.openTask({ stepId: step.id, kind: 'conflict', reason });
}
