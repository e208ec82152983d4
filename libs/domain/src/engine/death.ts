import { isTerminal } from '../vocabulary';
import type { StepRecord } from '../case-state';
import { endAfterDeath, hasDied, isInPersonsHands, isRegisteredInPerson, isSetAside } from './after-death';
import type { CaseDraft } from './case-draft';
import { type CaseEvent, Refused } from './case-event';
import { isHeldByConflict } from './standing';
import { requestWithdrawal, wasNeverSent } from './withdrawal';

/**
 * Policy P16, of one newborn: what has no use stops, the household step goes to the window, a named person speaks with the
 * family. The certificate goes on, and insurance because of the hospital's bill. Reported again, it changes nothing.
 */
export function takeDeath(
  draft: CaseDraft,
  { newbornIndex, reportedBy }: Extract<CaseEvent, { type: 'death_reported' }>,
): void {
  const newborn = draft.newborn(newbornIndex);
  if (newborn.deathReportedAt !== null) {
    draft.disposition = 'recorded';
    return;
  }
  draft.newborns.set(newbornIndex, { ...newborn, deathReportedAt: draft.context.now });
  draft.noteNewborn('death_reported', newbornIndex, { reportedBy });
  for (const step of draft.ofNewborn(newbornIndex)) {
    if (!isTerminal(step.state) && isSetAside(draft, step)) setAside(draft, step);
  }
  const known = draft.ofNewborn(newbornIndex).find(({ officeCode }) => officeCode !== '');
  if (known !== undefined) draft.openTask({ stepId: known.id, kind: 'family_contact', reason: 'newborn_died' });
}

function setAside(draft: CaseDraft, step: StepRecord): void {
  if (isInPersonsHands(draft, step) && step.state === 'accepted') return;
  if (wasNeverSent(draft, step)) return endAfterDeath(draft, step);
  if (step.withdrawalRequestedAt === null) requestWithdrawal(draft, step);
  if (!isHeldByConflict(step)) tellNobody(draft, draft.step(step.id));
}

/** What was asked of the family is asked no more. */
function tellNobody(draft: CaseDraft, step: StepRecord): void {
  const owner = draft.context.profileOf(step).hasWithdraw ? 'agency' : 'clerk';
  const reason = isRegisteredInPerson(draft, step) ? 'birth_and_death_registration' : 'newborn_died';
  draft.change(step.id, { owner, reason, correctionDueAt: null });
}

/** A named person spoke with the family: nothing is written to it by itself. */
export function takeFamilyContact(draft: CaseDraft, step: StepRecord): void {
  const { deathRetractedAt } = draft.newborn(step.newbornIndex);
  const isTold = deathRetractedAt !== null || draft.unheard.some(({ retractedAt }) => retractedAt !== null);
  if (!hasDied(draft, step) && !isTold) throw new Refused('no_death_reported');
  draft.note('family_spoken_with', step);
  draft.closeTasks({ stepId: step.id, kinds: ['family_contact'] });
}
