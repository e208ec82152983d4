import { takeCorrectedBirth, takeDisputedBirth } from './birth-correction';
import type { CaseDraft } from './case-draft';
import type { CaseEvent } from './case-event';
import { liftHolds, takeLinkedRecord } from './holds';
import { takeHospitalStay } from './hospital-stay';
import { restateClocks } from './statutory-clock';

/** What the hospital's record of the birth brought. */
export type OfRecord = Extract<
  CaseEvent,
  { type: 'record_linked' | 'birth_confirmed' | 'birth_corrected' | 'birth_disputed' | 'hospital_stay_told' }
>;

export function takeOfRecord(draft: CaseDraft, event: OfRecord): void {
  switch (event.type) {
    case 'record_linked':
      return takeLinkedRecord(draft, event);
    case 'birth_confirmed':
      restateClocks(draft, event.newbornIndex, event.bornOn);
      return liftHolds(draft, event.newbornIndex, 'data_mismatch', 'hospital_record_missing');
    case 'birth_corrected':
      return takeCorrectedBirth(draft, event);
    case 'birth_disputed':
      return takeDisputedBirth(draft, event);
    case 'hospital_stay_told':
      return takeHospitalStay(draft, event);
  }
}
