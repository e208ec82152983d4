import type { StepWay } from '../case-plan';
import type { StepRecord } from '../case-state';
import { isTerminal } from '../vocabulary';
import { isRegisteredInPerson, isSetAside, isStopped, registerInPerson } from './after-death';
import { goAnotherWay } from './another-way';
import type { CaseDraft } from './case-draft';
import { type CaseEvent, Refused } from './case-event';
import { correctionConsequences, correctionRefusal, tellOthers } from './correction-consequences';
import { nextGeneration } from './next-generation';
import { officeOf } from './office-assignment';
import { resumePromise } from './promise-clock';
import { canComeBack } from './standing';

type EventOf<T extends CaseEvent['type']> = Extract<CaseEvent, { type: T }>;

/** The family answered: the next generation supplements the same case under its earlier receipt, at the office it now names. */
export function takeCorrected(draft: CaseDraft, event: EventOf<'corrected'>): void {
  const step = draft.step(event.stepId);
  const refusal = correctionRefusal(step);
  if (refusal !== null) throw new Refused(refusal);
  const consequences = correctionConsequences([...draft.steps.values()], [...draft.work.values()], event);
  const way = event.ways.find(({ code }) => code === step.code);
  const next = { ...nextGeneration(step), ...(way === undefined ? {} : correctedWay(step, way)) };
  draft.move(step.id, { ...next, ...resumePromise(draft, step) }, 'corrected');
  for (const other of draft.ofNewborn(step.newbornIndex)) {
    const otherWay = event.ways.find(({ code }) => code === other.code);
    if (otherWay !== undefined && other.state === 'waiting') goAnotherWay(draft, other, otherWay, other.holds);
  }
  tellOthers(draft, step.code, consequences);
}

/** What can no longer be sent from here waits, is released to its window, and has nothing to ask the agency about. */
function correctedWay(step: StepRecord, planned: StepWay): Partial<StepRecord> {
  const { needsConfirmation: _asked, code: _code, ...rest } = planned;
  const way = { ...rest, ...officeOf(step, planned) };
  const isSent = way.mode !== 'external' && way.route !== 'window';
  return isSent ? way : { ...way, state: 'waiting', reason: 'awaiting_dependency', sentGeneration: 0 };
}

/** The only way out of a terminal state (I3): the family applies again; old evidence stays, the promise is a new one. */
export function takeReapplied(draft: CaseDraft, event: EventOf<'reapplied'>): void {
  const step = draft.step(event.stepId);
  if (step.state !== 'rejected') throw new Refused('not_rejected');
  if (isSetAside(draft, step)) throw new Refused('service_stopped');
  draft.move(step.id, { ...nextGeneration(step), promise: null, promisedOn: null, source: null }, 'reapplied');
  for (const other of draft.ofNewborn(step.newbornIndex)) {
    if (canComeBack(other) && !isStopped(draft, other)) bringBack(draft, other);
  }
}

function bringBack(draft: CaseDraft, step: StepRecord): void {
  const back = { state: 'waiting', reason: 'awaiting_dependency', owner: 'platform' } as const;
  const waiting = draft.move(step.id, back, 'brought_back');
  if (isRegisteredInPerson(draft, waiting)) registerInPerson(draft, waiting);
}

/** "I have done it at the counter" (P14): sending stops at once, and the claim is verified. */
export function takeDoneElsewhere(draft: CaseDraft, event: EventOf<'done_elsewhere'>): void {
  const step = draft.step(event.stepId);
  if (isTerminal(step.state)) throw new Refused('step_has_ended');
  if (isStopped(draft, step)) throw new Refused('service_stopped');
  verifyByClerk(draft, rememberSent(draft, step), 'counter', 'reported_done_elsewhere');
  const poll = draft.workOf(step.id, 'POLL');
  if (poll !== undefined && poll.leaseToken === null) draft.putWork({ ...poll, dueAt: draft.context.now }, true);
}

/** A call that is under way may arrive: the agency can be asked about it. */
function rememberSent(draft: CaseDraft, step: StepRecord): StepRecord {
  const isTried = step.state === 'queued' && (draft.workOf(step.id, 'CALL')?.attempts ?? 0) > 0;
  return isTried ? draft.change(step.id, { sentGeneration: step.generation }) : step;
}

/** The ID number of a registration elsewhere (P4), verified by a clerk. */
export function takeExternalResult(draft: CaseDraft, event: EventOf<'external_result'>): void {
  const step = draft.step(event.stepId);
  if (step.mode !== 'external' || step.state !== 'action_needed') throw new Refused('no_external_result_expected');
  verifyByClerk(draft, step, 'external', 'external_result_given');
}

function verifyByClerk(draft: CaseDraft, step: StepRecord, source: 'counter' | 'external', type: string): void {
  draft.move(step.id, { state: 'accepted', reason: 'verifying', owner: 'clerk', source, holds: [] }, type);
  draft.openTask({ stepId: step.id, kind: 'verification', reason: type });
}

/** Insurance on the birth certificate instead of the ID number, or back while nothing was sent (P11). */
export function takeBasisSwitch(draft: CaseDraft, event: EventOf<'basis_switched'>): void {
  const step = draft.step(event.stepId);
  if (step.code !== 'medical_insurance' || step.state !== 'waiting') throw new Refused('basis_cannot_change_now');
  const certificate = draft.sibling(step, 'birth_certificate');
  const isCertificateGone =
    certificate === undefined || (isTerminal(certificate.state) && certificate.state !== 'completed');
  if (event.basis === 'birth_certificate' && isCertificateGone) throw new Refused('basis_cannot_change_now');
  draft.move(step.id, { basis: event.basis }, 'basis_switched', { basis: event.basis });
}
