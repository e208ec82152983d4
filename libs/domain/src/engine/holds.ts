import type { StepRecord } from '../case-state';
import { HOLDS, type Hold, type StepCode } from '../vocabulary';
import type { CaseDraft } from './case-draft';
import type { CaseEvent, ConfirmationStanding } from './case-event';
import { canBeHeld } from './standing';
import { noteUnheard } from './unheard';

/** Steps that a hold placed later keeps back. What waits for a parent is chosen at filing, step by step. */
const HELD_STEPS: Readonly<Record<Hold, readonly StepCode[]>> = {
  data_mismatch: ['birth_certificate', 'vaccination'],
  hospital_record_missing: ['birth_certificate', 'vaccination'],
  record_not_linked: ['birth_certificate', 'vaccination'],
  name_undecided: ['birth_certificate'],
  parent_refused: [],
  parent_confirmation: [],
  parcel_gathering: [],
};

export function placeHold(draft: CaseDraft, newbornIndex: number, hold: Hold): void {
  for (const step of draft.ofNewborn(newbornIndex)) {
    const isHeld = HELD_STEPS[hold].includes(step.code) && step.state === 'waiting' && !step.holds.includes(hold);
    if (!isHeld) continue;
    draft.move(step.id, { holds: inOrder([...step.holds, hold]) }, 'hold_placed', { hold });
    if (hold === 'data_mismatch') {
      draft.openTask({ stepId: step.id, kind: 'data_mismatch', reason: 'hospital_record_differs' });
    }
  }
}

export function liftHolds(draft: CaseDraft, newbornIndex: number, ...holds: readonly Hold[]): void {
  let isLifted = false;
  for (const { id } of draft.ofNewborn(newbornIndex)) {
    for (const hold of holds) if (liftFromStep(draft, id, hold)) isLifted = true;
  }
  if (!isLifted) draft.disposition = 'recorded';
}

function liftFromStep(draft: CaseDraft, stepId: string, hold: Hold): boolean {
  const step = draft.step(stepId);
  if (!canBeHeld(step) || !step.holds.includes(hold)) return false;
  draft.move(step.id, { holds: step.holds.filter((other) => other !== hold) }, 'hold_lifted', { hold });
  return true;
}

const ASKED: readonly Hold[] = ['parent_confirmation', 'parent_refused'];
const STANDS: Readonly<Record<ConfirmationStanding, readonly Hold[]>> = {
  open: ['parent_confirmation'],
  refused: ['parent_refused'],
  given: [],
};

/** What a step waits for that needs the parents' word. */
export const heldBy = (stands: ConfirmationStanding): readonly Hold[] => STANDS[stands];

/** A parent was asked, agreed or refused: said once for the case, and shown at every step that waits for it. */
export function takeConfirmation(draft: CaseDraft, { change, parent, via, stands }: ConfirmationChange): void {
  draft.noteCase(change, { parent, via });
  for (const step of draft.steps.values()) {
    if (!canBeHeld(step) || !step.holds.some((hold) => ASKED.includes(hold))) continue;
    const holds = inOrder([...step.holds.filter((hold) => !ASKED.includes(hold)), ...STANDS[stands]]);
    if (holds.join() === step.holds.join()) continue;
    draft.move(step.id, { holds }, stands === 'given' ? 'hold_lifted' : 'hold_changed', {
      hold: STANDS[stands][0] ?? 'parent_confirmation',
    });
  }
}

/** A person answers for it that a father's case and a mother's record belong together; the facts follow as for any record. */
export function takeLinkedRecord(
  draft: CaseDraft,
  { newbornIndex, mother }: Extract<CaseEvent, { type: 'record_linked' }>,
): void {
  draft.noteNewborn('record_linked', newbornIndex, { mother });
  noteUnheard(draft, 'mother', mother);
  liftHolds(draft, newbornIndex, 'record_not_linked');
  draft.disposition = 'applied';
}

type ConfirmationChange = Extract<CaseEvent, { type: 'confirmation_changed' }>;

const inOrder = (holds: readonly Hold[]): Hold[] => HOLDS.filter((hold) => holds.includes(hold));

/** Who must act so that the first hold is lifted. */
export function holdOwner(hold: Hold): StepRecord['owner'] {
  switch (hold) {
    case 'data_mismatch':
      return 'clerk';
    case 'hospital_record_missing':
      return 'hospital';
    case 'record_not_linked':
    case 'name_undecided':
    case 'parent_refused':
    case 'parent_confirmation':
      return 'applicant';
    case 'parcel_gathering':
      return 'platform';
  }
}
