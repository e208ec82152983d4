import type { StepRecord } from '../case-state';
import { hasDied } from './after-death';
import type { CaseDraft } from './case-draft';
import type { AnsweredEvent } from './case-event';
import { bearFollowUp } from './follow-up';
import { isReportedDone } from './standing';

/** A register or an office that is asked about a counter has no request of ours. */
export const isOfCounter = (step: StepRecord): boolean => isReportedDone(step) && step.sentGeneration === 0;

/** A record that its unit opened at the bedside takes the child's name once, as one that we had opened (P6, P14). */
export function nameFoundRecord(draft: CaseDraft, step: StepRecord, { existed, isUnnamed }: AnsweredEvent): void {
  if (!existed || !isUnnamed || step.code !== 'vaccination' || hasDied(draft, step)) return;
  if (draft.sibling(step, 'identity_backfill') === undefined) bearFollowUp(draft, step, 'identity_backfill');
}
