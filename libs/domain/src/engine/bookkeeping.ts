import type { StepRecord, WorkRecord } from '../case-state';
import type { WorkKind } from '../vocabulary';
import type { CaseDraft } from './case-draft';
import type { CaseEvent, ContractBrokenEvent, PutOffEvent } from './case-event';
import { openConflict } from './conflict';
import { isOfCounter } from './found-before';
import { pollMsOf } from './insurance-payment';
import { isBeingVerified } from './standing';
import { handOverWithdrawal } from './withdrawal';

const DAY_MS = 86_400_000;

type EventOf<T extends CaseEvent['type']> = Extract<CaseEvent, { type: T }>;

/** The row, if this lease still holds it. A stale worker's bookkeeping finds another lease and is dropped. */
function leasedRow(draft: CaseDraft, stepId: string, kind: WorkKind, leaseToken: string): WorkRecord | null {
  const row = draft.workOf(stepId, kind);
  if (row !== undefined && row.leaseToken === leaseToken) return row;
  draft.disposition = 'stale';
  return null;
}

const release = (row: WorkRecord, dueAt: number): WorkRecord => ({ ...row, dueAt, leaseToken: null, leaseUntil: null });

/** Puts a row off under a new wake-up number: the old one may still be active in the queue and would swallow the hint. */
export function putOff(draft: CaseDraft, row: WorkRecord, dueAt: number): void {
  draft.putWork(release(row, dueAt), true);
}

export function takePutOff(draft: CaseDraft, event: PutOffEvent): void {
  const row = leasedRow(draft, event.stepId, event.kind, event.leaseToken);
  if (row === null) return;
  const step = draft.step(event.stepId);
  const failures = row.failures + (event.countsAsFailure ? 1 : 0);
  const counted = { ...row, failures, maybeSent: event.maybeSent };
  if (event.kind !== 'CALL') return putOffQuestion(draft, step, counted, event);
  if (mustBeLookedAt(draft, step, event, failures)) return giveUp(draft, step, event);
  if (event.maybeSent) draft.change(step.id, { sentGeneration: step.generation });
  putOff(draft, counted, event.retryAt);
  notePutOff(draft, draft.step(step.id), event);
}

/** The same rule as for a call; then a person asks the office, and the row goes on with its failures counted anew. */
function putOffQuestion(draft: CaseDraft, step: StepRecord, row: WorkRecord, event: PutOffEvent): void {
  const isSpent = row.failures >= draft.context.settings.maxFailures;
  putOff(draft, isSpent ? { ...row, failures: 0 } : row, event.retryAt);
  if (isSpent) handOver(draft, step, event.kind, 'attempts_exhausted');
}

/** What the family is asked stays with the family: a clerk finds out besides. */
function handOver(draft: CaseDraft, step: StepRecord, kind: WorkKind, reason: 'attempts_exhausted'): void {
  if (kind === 'WITHDRAW') return handOverWithdrawal(draft, step, reason);
  if (step.owner === 'agency') return getStuck(draft, step, reason, step.sentGeneration);
  if (step.owner === 'applicant') draft.openTask({ stepId: step.id, kind: 'stuck', reason });
}

function mustBeLookedAt(draft: CaseDraft, step: StepRecord, event: PutOffEvent, failures: number): boolean {
  const isUndecidable = event.cause === 'outcome_unknown' && draft.context.profileOf(step).agencyClass === 'D';
  return isUndecidable || failures >= draft.context.settings.maxFailures;
}

function giveUp(draft: CaseDraft, step: StepRecord, event: PutOffEvent): void {
  const reason = event.cause === 'outcome_unknown' ? 'outcome_unknown' : 'attempts_exhausted';
  const sentGeneration = event.maybeSent ? step.generation : step.sentGeneration;
  getStuck(draft, step, reason, sentGeneration);
}

/** Said once: a long outage must not fill the history. */
function notePutOff(draft: CaseDraft, step: StepRecord, event: PutOffEvent): void {
  if (step.reason === 'agency_unavailable') return;
  draft.move(step.id, { reason: 'agency_unavailable', owner: 'agency' }, 'put_off', { cause: event.cause });
}

function getStuck(
  draft: CaseDraft,
  step: StepRecord,
  reason: 'outcome_unknown' | 'attempts_exhausted' | 'contract_broken',
  sentGeneration: number,
): void {
  draft.move(step.id, { state: 'stuck', reason, owner: 'clerk', sentGeneration }, 'got_stuck');
  draft.openTask({ stepId: step.id, kind: 'stuck', reason });
}

/** Never again by itself: a clerk decides. The agency may have done the work all the same, so it is still asked. */
export function takeContractBroken(draft: CaseDraft, event: ContractBrokenEvent): void {
  const row = leasedRow(draft, event.stepId, event.kind, event.leaseToken);
  if (row === null) return;
  const step = draft.step(event.stepId);
  if (event.kind === 'WITHDRAW') return breakWithdrawal(draft, step, row, event);
  putOff(draft, row, isOfCounter(step) ? draft.context.now + pollMsOf(draft, step) : event.retryAt);
  // a clerk compares what was done at a counter: nothing of it may be sent again
  if (step.state === 'stuck' || isBeingVerified(step)) return;
  draft.note('contract_broken', step, step.state, { ...brokenBy(event), call: event.kind });
  getStuck(draft, step, 'contract_broken', step.generation);
}

const brokenBy = ({ field, code }: ContractBrokenEvent) => ({ field, ...(code === undefined ? {} : { code }) });

/** Once a day is enough for what a clerk was given. */
function breakWithdrawal(draft: CaseDraft, step: StepRecord, row: WorkRecord, event: ContractBrokenEvent): void {
  putOff(draft, row, draft.context.now + DAY_MS);
  draft.note('contract_broken', step, step.state, { ...brokenBy(event), call: 'WITHDRAW' });
  handOverWithdrawal(draft, step, 'contract_broken');
}

/** The agency definitely does not know it. After a receipt that is a contradiction, never a reason to send again. */
export function takeNotFound(draft: CaseDraft, event: EventOf<'checked_not_found'>): void {
  const row = leasedRow(draft, event.stepId, event.kind, event.leaseToken);
  if (row === null) return;
  const step = draft.step(event.stepId);
  putOff(draft, row, isOfCounter(step) ? draft.context.now + pollMsOf(draft, step) : event.retryAt);
  // what was done at a counter need not be known under our request: the clerk compares it
  if (step.state === 'stuck' || isBeingVerified(step)) return;
  openConflict(draft, step, step.hasReceipt ? 'not_found_after_receipt' : 'not_found_after_acceptance');
}

/** What is still owed of the row whose call brought an answer is asked again later. */
export function putOffAnsweredRow(
  draft: CaseDraft,
  work: { kind: WorkKind; leaseToken: string },
  stepId: string,
): void {
  const row = draft.workOf(stepId, work.kind);
  if (row?.leaseToken !== work.leaseToken) return;
  putOff(draft, { ...row, attempts: 0, failures: 0 }, draft.context.now + pollMsOf(draft, draft.step(stepId)));
}

export function takeDeadline(draft: CaseDraft, event: EventOf<'deadline_fired'>): void {
  const row = leasedRow(draft, event.stepId, 'DEADLINE', event.leaseToken);
  if (row === null) return;
  draft.putWork(release(row, row.dueAt), true);
  draft.fired.add(event.stepId);
}
