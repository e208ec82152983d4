import type { StepRecord, WorkRecord } from '../case-state';
import { isTerminal, type StepCode } from '../vocabulary';
import type { CaseDraft } from './case-draft';
import { bearFollowUp } from './follow-up';

/** What follows for a step from a correction of another, or of itself (policy P15). */
export const CONSEQUENCES = [
  /** It answers the correction. */
  'resend',
  /** Not sent yet, or asked to be corrected itself: it goes with the new data. */
  'sent_with_it',
  /** Its office has, or is getting, the old data: a person of the office changes them. */
  'update_task',
  /** Another certificate instead of the issued one, by the hospital. */
  'reissue',
  /** A step of its own tells the name. */
  'follow_up',
  'nothing',
] as const;
export type Consequence = (typeof CONSEQUENCES)[number];

export interface StepConsequence {
  stepId: string;
  what: Consequence;
}

interface Corrected {
  /** The step that answers a correction; null where none was asked for. */
  stepId: string | null;
  told?: readonly string[];
  isNameOnly?: boolean;
}

/** Why this step takes no correction now; null where it does. */
export function correctionRefusal(step: StepRecord): 'no_correction_asked' | 'withdrawal_under_way' | null {
  if (step.state !== 'correction_needed') return 'no_correction_asked';
  return step.withdrawalRequestedAt === null ? null : 'withdrawal_under_way';
}

/** The one list that the family is shown before it sends, and that is carried out when it does. */
export function correctionConsequences(
  steps: readonly StepRecord[],
  work: readonly WorkRecord[],
  { stepId, told = [], isNameOnly = false }: Corrected,
): StepConsequence[] {
  return steps
    .filter(({ id, state }) => id === stepId || state !== 'not_applicable')
    .map((step) => {
      if (step.id === stepId) return { stepId: step.id, what: 'resend' };
      if (!told.includes(step.id)) return { stepId: step.id, what: 'nothing' };
      const isFollowed = isNameOnly && step.code === 'vaccination' && !hasBackfill(steps, step);
      return { stepId: step.id, what: isFollowed && hasOldData(step, work) ? 'follow_up' : consequenceOf(step, work) };
    });
}

function consequenceOf(step: StepRecord, work: readonly WorkRecord[]): Consequence {
  if (isTerminal(step.state) && step.state !== 'completed') return 'nothing';
  if (step.state === 'correction_needed' || !wasSent(step, work)) {
    return step.state === 'completed' ? 'nothing' : 'sent_with_it';
  }
  if (!hasOldData(step, work)) return 'nothing';
  return step.state === 'completed' && step.code === 'birth_certificate' && step.mode === 'issue'
    ? 'reissue'
    : 'update_task';
}

/** What an office did at its counter, or a register was only asked about, it did not do with our data. */
function hasOldData(step: StepRecord, work: readonly WorkRecord[]): boolean {
  const isOurs = step.source !== 'counter' && step.source !== 'external' && step.mode !== 'already_done';
  const isKept = !isTerminal(step.state) || step.state === 'completed';
  return isOurs && isKept && wasSent(step, work);
}

/** A call that was claimed counts as sent. */
export const wasSent = ({ id, sentGeneration }: StepRecord, work: readonly WorkRecord[]): boolean =>
  sentGeneration > 0 || work.some(({ stepId, kind, attempts }) => stepId === id && kind === 'CALL' && attempts > 0);

const hasBackfill = (steps: readonly StepRecord[], { newbornIndex }: StepRecord): boolean =>
  steps.some(({ code, newbornIndex: index }) => code === 'identity_backfill' && index === newbornIndex);

/** Nothing that an agency has got is left wrong in silence. */
export function tellOthers(
  draft: CaseDraft,
  because: StepCode | 'birth_record',
  consequences: readonly StepConsequence[],
): void {
  for (const { stepId, what } of consequences) {
    const step = draft.step(stepId);
    if (what === 'follow_up') bearFollowUp(draft, step, 'identity_backfill');
    if (what !== 'update_task' && what !== 'reissue') continue;
    draft.note('data_update_asked', step, step.state, { what, because });
    draft.openTask({ stepId, kind: 'data_update', reason: what === 'reissue' ? 'reissue' : 'data_changed' });
  }
}
