import type { StepRecord } from '../case-state';
import type { StepCode } from '../vocabulary';
import type { CaseDraft } from './case-draft';
import type { CaseEvent } from './case-event';
import { correctionConsequences, tellOthers, wasSent } from './correction-consequences';
import { placeHold } from './holds';
import { restateClocks } from './statutory-clock';

/** What is sent of a birth record alone, before anybody has registered the child. */
const BY_RECORD: readonly StepCode[] = ['birth_certificate', 'vaccination'];

/**
 * The hospital mends the record that the case goes by (P3, P15): clocks follow the day, what was not sent goes with the
 * mended facts, and every office that has the old ones is asked by a person to change them.
 */
export function takeCorrectedBirth(
  draft: CaseDraft,
  { newbornIndex, bornOn, told }: Extract<CaseEvent, { type: 'birth_corrected' }>,
): void {
  draft.noteNewborn('birth_corrected', newbornIndex, {});
  restateClocks(draft, newbornIndex, bornOn);
  const steps = draft.ofNewborn(newbornIndex);
  tellOthers(draft, 'birth_record', correctionConsequences(steps, [...draft.work.values()], { stepId: null, told }));
}

/** The hospital now says that this record is of another birth: nothing more is sent by it until that is settled. */
export function takeDisputedBirth(
  draft: CaseDraft,
  { newbornIndex }: Extract<CaseEvent, { type: 'birth_disputed' }>,
): void {
  draft.noteNewborn('birth_disputed', newbornIndex, {});
  placeHold(draft, newbornIndex, 'data_mismatch');
  for (const step of draft.ofNewborn(newbornIndex)) {
    if (isDoneByRecord(draft, step)) {
      draft.openTask({ stepId: step.id, kind: 'data_update', reason: 'hospital_record_disputed' });
    }
  }
}

const isDoneByRecord = (draft: CaseDraft, step: StepRecord): boolean =>
  BY_RECORD.includes(step.code) && wasSent(step, [...draft.work.values()]);
