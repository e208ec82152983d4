import type { StepRecord } from '../case-state';
import type { Demand } from '../decoupling/forbidden-demands';
import { isTerminal, type AnswerKind, type CompletionSource, type Reason, type TerminalState } from '../vocabulary';
import { endAfterDeath, isInPersonsHands, isSetAside } from './after-death';
import type { CaseDraft } from './case-draft';
import type { AnsweredEvent } from './case-event';
import { definedStep } from './defined-step';
import { isToldByPaper } from './delivery-standing';
import { isOfCounter, nameFoundRecord } from './found-before';
import { registeredAt, takePaid } from './insurance-payment';
import { askRefund } from './insurance-withdrawal';
import { isOriginalOwed } from './papers';
import { pausePromise, resumePromise, startPromise, statedMoment } from './promise-clock';
import { openConflict, openTaskOnly } from './conflict';
import { findMismatch, isMismatch, keepReported } from './registered-child';
import { isTakenBackByMistake, sendAfresh } from './stands-again';
import { isBeingVerified, isComparedByPerson, isHeldByDemand, isHeldByMismatch } from './standing';
import { supervise } from './supervision';
import { metStatutory } from './statutory-clock';
import { refuseWithdrawal } from './withdrawal';

const DAY_MS = 86_400_000;

/**
 * Takes an answer whoever holds the lease (engine.md 5): a terminal state beats an interim one and never changes,
 * facts merge, older interim answers are recorded without effect.
 */
export function takeAnswer(draft: CaseDraft, event: AnsweredEvent): void {
  const step = draft.step(event.stepId);
  const generation = event.generation ?? (step.sentGeneration || step.generation);
  if (generation !== step.generation && !isOfWithdrawal(step, event, generation)) {
    return takeOtherGeneration(draft, step, event, generation);
  }
  if (isTerminal(step.state)) return takeAfterTheEnd(draft, step, event);
  if (step.state === 'waiting') return takeUnsent(draft, step, event);
  if (event.kind !== 'completed' && isInPersonsHands(draft, step)) return record(draft, step, event);
  takeOpen(draft, step, event, generation);
}

function takeOpen(draft: CaseDraft, step: StepRecord, event: AnsweredEvent, generation: number): void {
  const known = draft.change(step.id, {
    sentGeneration: isOfCounter(step) ? 0 : Math.max(step.sentGeneration, generation),
    hasReceipt: step.hasReceipt || (event.hasReceipt && generation === step.generation),
  });
  takePresent(draft, known, event);
}

/** The word on a withdrawal is about what was sent, however far the family's corrections have gone since. */
const isOfWithdrawal = (step: StepRecord, { kind }: AnsweredEvent, generation: number): boolean =>
  step.withdrawalRequestedAt !== null &&
  generation === step.sentGeneration &&
  (kind === 'withdrawn' || kind === 'withdrawal_refused');

function takePresent(draft: CaseDraft, step: StepRecord, event: AnsweredEvent): void {
  const demands = demandsIn(draft, step, event);
  if (demands.length > 0 && !isSetAside(draft, step)) return holdBack(draft, step, event, demands);
  if (isFinal(event.kind)) return takeFinal(draft, step, event);
  if (event.kind === 'withdrawal_refused') return takeRefusedWithdrawal(draft, step, event);
  takeInterim(draft, step, event);
}

function takeFinal(draft: CaseDraft, step: StepRecord, event: AnsweredEvent): void {
  if (event.kind === 'withdrawn' && isBeingVerified(step)) return keepReported(draft, step);
  if (!isMismatch(draft, step, event)) return finish(draft, step, event);
  if (isHeldByMismatch(step) && event.resultsDiffer !== true) return record(draft, step, event);
  findMismatch(draft, step, event);
}

/** What no agency may ask for or do; absent from the event that a person has let count. */
function demandsIn(draft: CaseDraft, step: StepRecord, { kind, demands = [] }: AnsweredEvent): readonly Demand[] {
  const isLawful = kind !== 'rejected' || definedStep(draft, step)?.mayBeRefused !== false;
  return isLawful || demands.includes('refusal') ? demands : [...demands, 'refusal'];
}

/**
 * Policy P8: words that ask for a forbidden paper reach nobody but the coordinator, and end or pause nothing; the step is
 * the platform's people's until one of them has decided. Said again they are the same words.
 */
function holdBack(draft: CaseDraft, step: StepRecord, event: AnsweredEvent, demands: readonly Demand[]): void {
  const order = orderOf(draft, event);
  const isOld = event.kind !== 'rejected' && order < step.lastAnswerOrder;
  if (isOld || event.wordsDiffer !== true) return record(draft, step, event);
  supervise(draft, step, demands);
  if (event.kind === 'withdrawal_refused') return takeRefusedWithdrawal(draft, step, event);
  if (isComparedByPerson(step)) return record(draft, step, event);
  const detail = { kind: event.kind, via: event.via, generation: step.generation };
  draft.move(
    step.id,
    {
      state: 'stuck',
      reason: 'unlawful_demand',
      owner: 'clerk',
      correctionDueAt: null,
      lastAnswerOrder: order,
      ...resumePromise(draft, step),
    },
    'held_back',
    detail,
  );
}

/** A person has read what was kept back, and lets it count as it was said. */
export function applyReleased(draft: CaseDraft, step: StepRecord, event: AnsweredEvent): void {
  if (isFinal(event.kind)) return finish(draft, step, event);
  applyInterim(draft, step, event);
}

const isFinal = (kind: AnswerKind): kind is 'completed' | 'rejected' | 'withdrawn' =>
  kind === 'completed' || kind === 'rejected' || kind === 'withdrawn';

function takeOtherGeneration(draft: CaseDraft, step: StepRecord, event: AnsweredEvent, generation: number): void {
  if (generation < step.generation && event.kind === 'completed' && !isTerminal(step.state)) {
    return openConflict(draft, step, 'completed_in_older_generation');
  }
  if (event.kind === 'completed') return openTaskOnly(draft, step, 'completed_in_other_generation');
  record(draft, step, event);
}

function takeAfterTheEnd(draft: CaseDraft, step: StepRecord, event: AnsweredEvent): void {
  const repeats = saysTheSame(step, event.kind) && event.resultsDiffer !== true;
  if (repeats || !isFinal(event.kind)) {
    if (event.hasReceipt && !step.hasReceipt) draft.change(step.id, { hasReceipt: true });
    return record(draft, step, event);
  }
  openTaskOnly(draft, step, 'contradictory_answer');
}

/** What was stopped may be taken back or refused by the agency afterwards: nothing came of it. */
const saysTheSame = ({ state }: StepRecord, kind: AnswerKind): boolean =>
  state === kind || (state === 'cancelled' && kind !== 'completed');

/** A step that was never sent cannot be answered; a final word about it needs a person. */
function takeUnsent(draft: CaseDraft, step: StepRecord, event: AnsweredEvent): void {
  if (isFinal(event.kind)) return openTaskOnly(draft, step, 'answer_before_sending');
  record(draft, step, event);
}

function finish(draft: CaseDraft, step: StepRecord, event: AnsweredEvent): void {
  if (event.kind !== 'completed' && isSetAside(draft, step)) return endAfterDeath(draft, step, { via: event.via });
  if (event.kind === 'withdrawn' && isTakenBackByMistake(step)) return sendAfresh(draft, step, { via: event.via });
  const source = event.kind === 'completed' ? sourceOf(step, event) : step.source;
  const isRaced = step.withdrawalRequestedAt !== null && event.kind === 'completed' && !isTakenBackByMistake(step);
  draft.move(
    step.id,
    {
      ...END[event.kind as 'completed' | 'rejected' | 'withdrawn'],
      source,
      withdrawalRequestedAt: null,
      correctionDueAt: null,
      ...(event.kind === 'completed' ? doneAt({ ...step, source }, statedMoment(draft, event.occurredAt)) : {}),
    },
    event.kind,
    { via: event.via, generation: step.generation },
  );
  if (event.kind !== 'completed') return;
  tellOfEnd(draft, step, event, isRaced);
  nameFoundRecord(draft, draft.step(step.id), event);
}

/** What was done although it was being withdrawn is settled by a person. */
function tellOfEnd(draft: CaseDraft, step: StepRecord, { premium }: AnsweredEvent, isRaced: boolean): void {
  if (step.code === 'insurance_payment') {
    takePaid(draft, step, premium);
    if (isRaced) askRefund(draft, step);
  } else if (isRaced) {
    draft.openTask({ stepId: step.id, kind: 'conflict', reason: 'completed_while_withdrawing' });
  }
}

const doneAt = (step: StepRecord, at: number): Partial<StepRecord> => ({
  statutory: metStatutory(step, 'completed', at),
  ...registeredAt(step, at),
});

const END = {
  completed: { state: 'completed', reason: 'done', owner: 'platform' },
  rejected: { state: 'rejected', reason: 'agency_refused', owner: 'applicant' },
  withdrawn: { state: 'withdrawn', reason: 'applicant_withdrew', owner: 'platform' },
} as const satisfies Partial<Record<TerminalState, Partial<StepRecord>>>;

function sourceOf(step: StepRecord, event: AnsweredEvent): CompletionSource {
  if (step.source !== null) return step.source;
  if (event.existed && step.mode === 'issue') return 'counter';
  if (event.via === 'clerk') return 'clerk';
  return event.via === 'worklist' ? 'worklist' : 'agency';
}

function takeInterim(draft: CaseDraft, step: StepRecord, event: AnsweredEvent): void {
  if (isLetGo(draft, step) && !(step.state === 'queued' && event.kind === 'accepted')) {
    return record(draft, step, event);
  }
  if (event.detail === 'delivered' && step.state === 'accepted') return record(draft, step, event);
  if (event.kind === 'accepted' && event.via === 'reply') return takeAcceptedReply(draft, step, event);
  const order = orderOf(draft, event);
  if (order < step.lastAnswerOrder) return record(draft, step, event);
  if (isComparedByPerson(step)) return record(draft, step, event);
  applyInterim(draft, draft.change(step.id, { lastAnswerOrder: order }), event);
}

/** The service wants nothing of it any more, or has asked for it back. */
const isLetGo = (draft: CaseDraft, step: StepRecord): boolean => isSetAside(draft, step) || isTakenBackByMistake(step);

/** The reply to our own call may come after what it announced: it moves only a step that had no other word yet. */
function takeAcceptedReply(draft: CaseDraft, step: StepRecord, event: AnsweredEvent): void {
  const isLookedAt = isComparedByPerson(step) || isHeldByDemand(step);
  const isFirstWord = step.state === 'queued' || (step.state === 'stuck' && !isLookedAt);
  const order = orderOf(draft, event);
  if (!isFirstWord || order < step.lastAnswerOrder) return record(draft, step, event);
  applyInterim(draft, draft.change(step.id, { lastAnswerOrder: order }), event);
}

/** The agency's time, its sequence breaking ties; never later than now, so that a wrong clock cannot silence later words. */
function orderOf(draft: CaseDraft, event: AnsweredEvent): number {
  const { now } = draft.context;
  return Math.min(event.occurredAt ?? now, now) + Math.min(event.sequence ?? 0, 4095) / 4096;
}

function applyInterim(draft: CaseDraft, step: StepRecord, event: AnsweredEvent): void {
  if (event.kind === 'accepted' && isToldByPaper(step)) return record(draft, step, event);
  const next = interimState(draft, step, event);
  const isPromisedNow = step.deliveredAt !== null && step.promise === null && next.promise != null;
  const isSame = next.state === step.state && next.reason === step.reason && !isPromisedNow;
  if (isSame && event.wordsDiffer !== true) return record(draft, step, event);
  draft.move(step.id, next, event.kind, { via: event.via, generation: step.generation });
}

function interimState(draft: CaseDraft, step: StepRecord, event: AnsweredEvent): Partial<StepRecord> {
  const at = statedMoment(draft, event.occurredAt);
  switch (event.kind) {
    case 'accepted':
      return {
        state: 'accepted',
        reason: acceptedReason(draft, step, event),
        owner: 'agency',
        correctionDueAt: null,
        statutory: metStatutory(step, 'accepted', at),
        ...(event.detail === 'delivered' ? { deliveredAt: at } : startPromise(draft, step, at)),
      };
    case 'correction_needed':
      return {
        state: 'correction_needed',
        reason: 'agency_asked_correction',
        owner: 'applicant',
        correctionDueAt: draft.context.now + draft.context.settings.correctionDays * DAY_MS,
        ...pausePromise(step, at),
      };
    case 'action_needed':
      return {
        state: 'action_needed',
        reason: actionReason(event),
        owner: 'applicant',
        ...pausePromise(step, at),
      };
    case 'suspended': {
      const reason = event.detail === 'coordinated_check' ? 'coordinated_check' : 'special_procedure';
      return { state: 'suspended', reason, owner: 'agency', ...pausePromise(step, at) };
    }
    case 'completed':
    case 'rejected':
    case 'withdrawn':
    case 'withdrawal_refused':
      throw new Error('not an interim answer');
  }
}

function acceptedReason(draft: CaseDraft, step: StepRecord, { detail }: AnsweredEvent): Reason {
  if (detail === 'waiting_for_paper' || detail === 'verifying') return detail;
  if (isOriginalOwed(draft, step)) return 'waiting_for_paper';
  return detail === 'delivered' ? 'awaiting_acceptance' : 'in_progress';
}

const actionReason = ({ detail }: AnsweredEvent): Reason =>
  detail === 'payment_due' || detail === 'payment_changed' ? detail : 'agency_asked_action';

function takeRefusedWithdrawal(draft: CaseDraft, step: StepRecord, event: AnsweredEvent): void {
  if (step.withdrawalRequestedAt === null) return record(draft, step, event);
  refuseWithdrawal(draft, step);
}

/** Without effect; a poll that found nothing new is not even history. */
function record(draft: CaseDraft, step: StepRecord, event: AnsweredEvent): void {
  draft.disposition = 'recorded';
  if (event.via !== 'poll') draft.note('answer_recorded', step, step.state, { kind: event.kind, via: event.via });
}
