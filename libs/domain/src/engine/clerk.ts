import type { StepRecord } from '../case-state';
import type { CaseDraft } from './case-draft';
import { type CaseEvent, Refused } from './case-event';

type EventOf<T extends CaseEvent['type']> = Extract<CaseEvent, { type: T }>;

/** Sends again under the same key. What may have been sent is checked first; without a query the clerk brings evidence. */
export function takeRetry(draft: CaseDraft, event: EventOf<'clerk_retried'>): void {
  const step = draft.step(event.stepId);
  if (step.state === 'queued') return retryQueued(draft, step);
  if (step.state !== 'stuck') throw new Refused('not_retryable');
  const { agencyClass } = draft.context.profileOf(step);
  const isOpenQuestion = agencyClass === 'D' && step.sentGeneration === step.generation;
  if (isOpenQuestion && !event.evidenceNotSent) throw new Refused('evidence_needed');
  const sentGeneration = event.evidenceNotSent ? step.generation - 1 : step.sentGeneration;
  draft.move(step.id, { state: 'queued', reason: 'to_be_sent', owner: 'platform', sentGeneration }, 'retried');
}

function retryQueued(draft: CaseDraft, step: StepRecord): void {
  const call = draft.workOf(step.id, 'CALL');
  if (call === undefined || call.leaseToken !== null) throw new Refused('not_retryable');
  draft.putWork({ ...call, dueAt: draft.context.now }, true);
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
  if (step.state !== 'accepted' || step.reason !== 'verifying' || step.owner !== 'clerk') {
    throw new Refused('nothing_to_verify');
  }
  if (event.confirmed) {
    draft.move(step.id, { state: 'completed', reason: 'done', owner: 'platform' }, 'completed', { via: 'clerk' });
    return;
  }
  const reason = step.mode === 'external' ? 'external_registration' : 'visit_window';
  draft.move(step.id, { state: 'action_needed', reason, owner: 'applicant', source: null }, 'verification_failed');
}
