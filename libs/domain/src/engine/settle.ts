import type { StepRecord } from '../case-state';
import { isTerminal } from '../vocabulary';
import { hasDied, isRegisteredInPerson } from './after-death';
import type { CaseDraft } from './case-draft';
import { bearFollowUp } from './follow-up';
import { bearDeliveries, startDelivery } from './deliveries';
import { dependencyCodes } from './dependency-codes';
import { holdOwner } from './holds';
import { bearPayments } from './insurance-payment';
import { gatherParcels } from './parcels';

/** Releases what can go, and ends or turns round what waits for something that ended otherwise (P12), until nothing moves. */
export function settle(draft: CaseDraft): void {
  let isMoving = true;
  while (isMoving) {
    isMoving = false;
    for (const step of [...draft.steps.values()]) {
      if (step.state === 'waiting' && settleStep(draft, step)) isMoving = true;
    }
    if (bearIdentityUpdates(draft)) isMoving = true;
    if (bearPayments(draft)) isMoving = true;
    if (bearDeliveries(draft)) isMoving = true;
    if (gatherParcels(draft)) isMoving = true;
  }
}

/** True when the step left `waiting` or changed its dependencies. */
function settleStep(draft: CaseDraft, step: StepRecord): boolean {
  const dependencies = dependenciesOf(draft, step);
  if (dependencies.some(hasEndedOtherwise) || isBasisOvertaken(draft, step)) return turnRound(draft, step);
  const open = dependencies.find((dependency) => !isMet(dependency));
  if (open !== undefined) return explain(draft, step, 'awaiting_dependency', open.owner);
  const [hold] = step.holds;
  if (hold !== undefined) return explain(draft, step, hold, holdOwner(hold));
  start(draft, step);
  return true;
}

/** Shown to people; not a move. */
function explain(draft: CaseDraft, step: StepRecord, reason: StepRecord['reason'], owner: StepRecord['owner']): false {
  if (step.reason !== reason || step.owner !== owner) draft.change(step.id, { reason, owner });
  return false;
}

export function dependenciesOf(draft: CaseDraft, step: StepRecord): StepRecord[] {
  return dependencyCodes(step, draft.context.settings.steps)
    .map((code) => draft.sibling(step, code))
    .filter((found) => found !== undefined);
}

/** Not asked for here because it was done before: the number is in the form. */
const isMet = (step: StepRecord): boolean =>
  step.state === 'completed' ||
  (step.state === 'not_applicable' && (step.reason === 'not_requested' || step.reason === 'already_insured'));

const hasEndedOtherwise = (step: StepRecord): boolean => isTerminal(step.state) && !isMet(step);

/** P12, P16: insurance does not wait for a registration that is done by an agency elsewhere or after a death. */
function isBasisOvertaken(draft: CaseDraft, step: StepRecord): boolean {
  if (step.code !== 'medical_insurance' || step.basis !== 'citizen_id' || step.mode === 'external') return false;
  const household = draft.sibling(step, 'household_registration');
  if (household === undefined || isMet(household)) return false;
  if (household.mode === 'external') return true;
  const certificate = draft.sibling(step, 'birth_certificate');
  return isRegisteredInPerson(draft, household) && certificate !== undefined && !hasEndedOtherwise(certificate);
}

function turnRound(draft: CaseDraft, step: StepRecord): boolean {
  const certificate = draft.sibling(step, 'birth_certificate');
  const canUseCertificate =
    step.code === 'medical_insurance' &&
    step.basis === 'citizen_id' &&
    certificate !== undefined &&
    !hasEndedOtherwise(certificate);
  if (canUseCertificate) {
    draft.move(step.id, { basis: 'birth_certificate' }, 'basis_switched', { basis: 'birth_certificate' });
    return true;
  }
  // what it waited for besides is still to be waited for should it be brought back
  draft.move(step.id, { state: 'not_applicable', reason: 'dependency_ended', owner: 'platform' }, 'dependency_ended');
  return true;
}

function start(draft: CaseDraft, step: StepRecord): void {
  if (step.code === 'delivery') {
    startDelivery(draft, step);
  } else if (isRegisteredInPerson(draft, step)) {
    draft.move(
      step.id,
      { state: 'action_needed', reason: 'birth_and_death_registration', owner: 'applicant' },
      'released',
    );
  } else if (step.mode === 'external') {
    draft.move(step.id, { state: 'action_needed', reason: 'external_registration', owner: 'applicant' }, 'released');
  } else if (step.route === 'window') {
    draft.move(step.id, { state: 'action_needed', reason: 'visit_window', owner: 'applicant' }, 'released');
  } else {
    const change = {
      state: 'queued',
      reason: 'to_be_sent',
      owner: 'platform',
      ...presentChannel(draft, step),
    } as const;
    draft.move(step.id, change, 'released');
  }
}

/** What was never sent goes the way on which its office answers now. */
function presentChannel(
  { context }: CaseDraft,
  { sentGeneration, officeCode }: StepRecord,
): Pick<StepRecord, 'channel'> | object {
  const channel = sentGeneration === 0 ? context.channelAt?.(officeCode) : undefined;
  return channel === undefined ? {} : { channel };
}

/** Insured on the certificate: the ID number follows exactly once, when it is known (P11). */
function bearIdentityUpdates(draft: CaseDraft): boolean {
  let isBorn = false;
  for (const insurance of [...draft.steps.values()]) {
    if (!needsIdentityUpdate(draft, insurance)) continue;
    bearFollowUp(draft, insurance, 'insurance_identity_update');
    isBorn = true;
  }
  return isBorn;
}

function needsIdentityUpdate(draft: CaseDraft, step: StepRecord): boolean {
  if (step.code !== 'medical_insurance' || step.basis !== 'birth_certificate' || hasEndedOtherwise(step)) return false;
  if (hasDied(draft, step) || draft.sibling(step, 'insurance_identity_update') !== undefined) return false;
  const household = draft.sibling(step, 'household_registration');
  return household !== undefined && !hasEndedOtherwise(household) && !isOutsideCase(household);
}

const isOutsideCase = (step: StepRecord): boolean => step.state === 'not_applicable';
