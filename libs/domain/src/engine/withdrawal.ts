import type { StepRecord } from '../case-state';
import { isTerminal } from '../vocabulary';
import { endAfterDeath, isSetAside } from './after-death';
import type { CaseDraft } from './case-draft';
import { type CaseEvent, Refused } from './case-event';
import { askToEnd, isInForce, settleEnd, tellOfTakenBack } from './insurance-withdrawal';
import { askAgain, isTakenBackByMistake, sendAfresh, standAgain } from './stands-again';

/** Policy P15: before anything was sent at once; after that the agency answers, or a clerk asks its office. */
export function takeWithdrawal(draft: CaseDraft, event: Extract<CaseEvent, { type: 'withdrawal_requested' }>): void {
  const step = draft.step(event.stepId);
  if (isInForce(step)) return askToEnd(draft, step, (payment) => withdrawOpen(draft, payment));
  if (isTerminal(step.state)) throw new Refused('cannot_withdraw_any_more');
  if (step.withdrawalRequestedAt !== null) throw new Refused('withdrawal_already_requested');
  withdrawOpen(draft, step);
  tellOfTakenBack(draft, step);
}

function withdrawOpen(draft: CaseDraft, step: StepRecord): void {
  if (!wasNeverSent(draft, step)) return requestWithdrawal(draft, step);
  draft.move(step.id, { state: 'withdrawn', reason: 'applicant_withdrew', owner: 'platform' }, 'withdrawn');
}

export function requestWithdrawal(draft: CaseDraft, step: StepRecord): void {
  draft.move(
    step.id,
    { withdrawalRequestedAt: draft.context.now, ...inWithdrawal(draft, step) },
    'withdrawal_requested',
  );
  if (!draft.context.profileOf(step).hasWithdraw) {
    draft.openTask({ stepId: step.id, kind: 'withdrawal', reason: 'no_withdrawal_call' });
  }
}

/** A claimed call counts as sent, whatever became of it. */
export function wasNeverSent(draft: CaseDraft, step: StepRecord): boolean {
  const call = draft.workOf(step.id, 'CALL');
  return step.sentGeneration === 0 && (call === undefined || call.attempts === 0);
}

/** Nothing is sent any more, so a queued step is no longer the platform's; its tried call stays remembered. */
function inWithdrawal(draft: CaseDraft, step: StepRecord): Partial<StepRecord> {
  if (step.state !== 'queued') return {};
  const isTried = (draft.workOf(step.id, 'CALL')?.attempts ?? 0) > 0;
  return {
    reason: 'withdrawal_requested',
    owner: draft.context.profileOf(step).hasWithdraw ? 'agency' : 'clerk',
    sentGeneration: isTried ? step.generation : step.sentGeneration,
  };
}

/** The agency keeps the step: what was stopped for the withdrawal goes on. */
export function refuseWithdrawal(draft: CaseDraft, step: StepRecord): void {
  if (isSetAside(draft, step)) return keepAside(draft, step);
  const stands = step.state === 'queued' || isTakenBackByMistake(step);
  const goesOn = stands ? standAgain(draft, step) : {};
  const after = draft.move(step.id, { withdrawalRequestedAt: null, ...goesOn }, 'withdrawal_refused');
  if (stands) askAgain(draft, after);
}

/** Nothing goes on for a newborn that died: a person settles with the office what becomes of it. */
function keepAside(draft: CaseDraft, step: StepRecord): void {
  const kept = { state: 'stuck', reason: 'newborn_died', owner: 'clerk', withdrawalRequestedAt: null } as const;
  draft.move(step.id, kept, 'withdrawal_refused');
  draft.openTask({ stepId: step.id, kind: 'withdrawal', reason: 'withdrawal_refused' });
}

/** The call for it does not get through: its office is asked by a person. */
export function handOverWithdrawal(
  draft: CaseDraft,
  step: StepRecord,
  reason: 'attempts_exhausted' | 'contract_broken',
): void {
  if (step.state === 'queued') draft.change(step.id, { owner: 'clerk' });
  draft.openTask({ stepId: step.id, kind: 'withdrawal', reason });
}

/** What the office told a clerk of the withdrawal. */
export function settleWithdrawal(draft: CaseDraft, step: StepRecord, outcome: 'confirmed' | 'refused'): void {
  if (isInForce(step)) return settleEnd(draft, step, outcome);
  if (isTerminal(step.state)) throw new Refused('no_withdrawal_requested');
  const isKeptAside = step.state === 'stuck' && isSetAside(draft, step);
  if (step.withdrawalRequestedAt === null && !isKeptAside) throw new Refused('no_withdrawal_requested');
  if (outcome === 'refused') return refuseWithdrawal(draft, step);
  if (isSetAside(draft, step)) return endAfterDeath(draft, step, { via: 'clerk' });
  if (isTakenBackByMistake(step)) return sendAfresh(draft, step, { via: 'clerk' });
  draft.move(
    step.id,
    { state: 'withdrawn', reason: 'applicant_withdrew', owner: 'platform', withdrawalRequestedAt: null },
    'withdrawn',
    { via: 'clerk' },
  );
}
