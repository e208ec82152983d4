import type { CaseDraft } from './case-draft';
import type { CaseEvent } from './case-event';

/** The urgent lane of P11: what is offered while the hospital treats the child goes with its word that it does so no more. */
export function takeHospitalStay(
  draft: CaseDraft,
  { newbornIndex, inHospital }: Extract<CaseEvent, { type: 'hospital_stay_told' }>,
): void {
  const newborn = draft.newborn(newbornIndex);
  if (newborn.inHospital === inHospital) {
    draft.disposition = 'recorded';
    return;
  }
  draft.newborns.set(newbornIndex, { ...newborn, inHospital });
  draft.noteNewborn(inHospital ? 'hospital_stay_began' : 'hospital_stay_ended', newbornIndex, {});
}
