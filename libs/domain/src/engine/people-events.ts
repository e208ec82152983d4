import type { CaseDraft } from './case-draft';
import type { CaseEvent } from './case-event';
import { takeGuardian, takeNewHolder, takeParentDeath, takeParentRetraction } from './parent-death';

/** What is said of the people of a case, whatever its steps. */
export type OfPeople = Extract<
  CaseEvent,
  {
    type:
      | 'parent_death_reported'
      | 'parent_death_retracted'
      | 'guardian_named'
      | 'applicant_changed'
      | 'protection_changed';
  }
>;

export function takeOfPeople(draft: CaseDraft, event: OfPeople): void {
  switch (event.type) {
    case 'parent_death_reported':
      return takeParentDeath(draft, event);
    case 'parent_death_retracted':
      return takeParentRetraction(draft, event);
    case 'guardian_named':
      return takeGuardian(draft, event);
    case 'applicant_changed':
      return takeNewHolder(draft, event.parent);
    case 'protection_changed':
      return draft.noteCase('protection_changed', { isProtected: event.isProtected });
  }
}
