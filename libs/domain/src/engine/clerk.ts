import { isAnsweredByTask } from '../offices/office';
import type { StepRecord } from '../case-state';
import type { Reason } from '../vocabulary';
import { isRegisteredInPerson, isSetAside } from './after-death';
import type { CaseDraft } from './case-draft';
import { type CaseEvent, Refused } from './case-event';
import { takeFamilyContact } from './death';
import { isOfCounter } from './found-before';
import { takeDeathSeenTo } from './parent-death';
import { registeredAt, takePaid } from './insurance-payment';
import { takeConfirmedChild, takeDataUpdated } from './registered-child';
import { takeCallBack } from './rated';
import { isBeingVerified, isHeldByConflict, isHeldByDemand, isHeldByMismatch } from './standing';
import { metStatutory } from './statutory-clock';
import { settleWithdrawal } from './withdrawal';

type EventOf<T extends CaseEvent['type']> = Extract<CaseEvent, { type: T }>;

/** Sends again under the same key. What may have been sent is checked first; without a query the clerk brings evidence. */
export function takeRetry(draft: CaseDraft, event: EventOf<'clerk_retried'>): void {
  const step = draft.step(event.stepId);
  if (step.withdrawalRequestedAt !== null) return retryRow(draft, step, 'WITHDRAW');
  if (isSetAside(draft, step)) throw new Refused('not_retryable');
  if (step.state === 'queued') return retryRow(draft, step, 'CALL');
  mustNotWaitForDecision(draft, step);
  if (step.state !== 'stuck') throw new Refused('not_retryable');
  sendAgain(draft, step, event.evidenceNotSent);
}

function sendAgain(draft: CaseDraft, step: StepRecord, evidenceNotSent: boolean): void {
  const { agencyClass } = draft.context.profileOf(step);
  const isOpenQuestion = agencyClass === 'D' && step.sentGeneration === step.generation;
  if (isOpenQuestion && (step.hasReceipt || !evidenceNotSent)) throw new Refused('evidence_needed');
  const sentGeneration = isOpenQuestion ? step.generation - 1 : step.sentGeneration;
  draft.move(step.id, { state: 'queued', reason: 'to_be_sent', owner: 'platform', sentGeneration }, 'retried');
}

/** Who knows no key and answers no question (C) is asked again by sending the same: it makes nothing twice. */
function mustNotWaitForDecision(draft: CaseDraft, step: StepRecord): void {
  if (isHeldByConflict(step)) throw new Refused('conflict_needs_decision');
  if (isHeldByDemand(step)) throw new Refused('demand_needs_decision');
  const isAskedBySending = draft.context.profileOf(step).agencyClass === 'C';
  if (isHeldByMismatch(step) && !isAskedBySending) throw new Refused('mismatch_needs_decision');
}

function retryRow(draft: CaseDraft, step: StepRecord, kind: 'CALL' | 'WITHDRAW'): void {
  const row = draft.workOf(step.id, kind);
  if (row === undefined || row.leaseToken !== null) throw new Refused('not_retryable');
  draft.putWork({ ...row, dueAt: draft.context.now }, true);
  draft.note('retried', step);
}

/** Asks the agency now instead of at the next poll. */
export function takeCheck(draft: CaseDraft, event: EventOf<'clerk_checked'>): void {
  const step = draft.step(event.stepId);
  const poll = draft.workOf(step.id, 'POLL');
  if (poll === undefined) throw new Refused('nothing_to_check');
  draft.putWork({ ...poll, dueAt: draft.context.now }, poll.leaseToken === null);
  draft.note('check_asked', step);
}

/** A clerk compared name, ID number and birth date with what the family reported. */
export function takeVerification(draft: CaseDraft, event: EventOf<'clerk_verified'>): void {
  const step = draft.step(event.stepId);
  if (isHeldByMismatch(step) && (event.confirmed || !isOfCounter(step))) {
    const confirmed = takeConfirmedChild(draft, step, event);
    return complete(draft, confirmed, { via: 'clerk', decision: 'registration_confirmed' });
  }
  if (!isBeingVerified(step) && !isHeldByMismatch(step)) throw new Refused('nothing_to_verify');
  if (event.confirmed) return complete(draft, step, { via: 'clerk' });
  draft.move(
    step.id,
    { state: 'action_needed', reason: askedAgain(draft, step), owner: 'applicant', source: null },
    'verification_failed',
  );
}

function askedAgain(draft: CaseDraft, step: StepRecord): Reason {
  if (isRegisteredInPerson(draft, step)) return 'birth_and_death_registration';
  return step.mode === 'external' ? 'external_registration' : 'visit_window';
}

/** What a person found out where the machine may not go on by itself. */
export function takeResolution(draft: CaseDraft, event: EventOf<'clerk_resolved'>): void {
  const step = draft.step(event.stepId);
  switch (event.decision) {
    case 'older_result_taken':
      return takeOlderResult(draft, step);
    case 'withdrawal_confirmed':
      return settleWithdrawal(draft, step, 'confirmed');
    case 'withdrawal_refused':
      return settleWithdrawal(draft, step, 'refused');
    case 'family_spoken_with':
      return takeFamilyContact(draft, step);
    case 'data_updated':
      return takeDataUpdated(draft, step);
    case 'parent_death_seen_to':
      return takeDeathSeenTo(draft, step);
    case 'rating_called_back':
      return takeCallBack(draft, step);
  }
}

/** The agency had done the earlier request already: its result is the step's, and nothing is sent again. */
function takeOlderResult(draft: CaseDraft, step: StepRecord): void {
  if (!isHeldByConflict(step)) throw new Refused('no_conflict');
  const { channel } = step;
  draft.change(step.id, { source: step.source ?? (isAnsweredByTask(channel) ? 'worklist' : 'agency') });
  complete(draft, step, { via: 'clerk', decision: 'older_result_taken' });
  draft.closeTasks({ stepId: step.id, kinds: ['conflict'] });
}

function complete(draft: CaseDraft, step: StepRecord, detail: { via: 'clerk'; decision?: string }): void {
  const ended = { state: 'completed', reason: 'done', owner: 'platform', withdrawalRequestedAt: null } as const;
  const { now } = draft.context;
  const facts = { statutory: metStatutory(step, 'completed', now), ...registeredAt(step, now) };
  draft.move(step.id, { ...ended, ...facts }, 'completed', { ...detail });
  if (step.code === 'insurance_payment') takePaid(draft, step, undefined);
}
