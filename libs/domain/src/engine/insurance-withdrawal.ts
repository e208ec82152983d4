import type { StepRecord } from '../case-state';
import type { Insured } from '../insurance/insured';
import { isTerminal } from '../vocabulary';
import type { CaseDraft } from './case-draft';
import { Refused } from './case-event';
import { paymentsOf } from './insurance-payment';

type Registered = StepRecord & { insured: Insured };

/** Done, and still in force: what an agency elsewhere registered is not ours to end. */
export const isInForce = (step: StepRecord): step is Registered =>
  step.code === 'medical_insurance' && step.state === 'completed' && step.insured?.endedAt === null;

/** Policy P15: what is registered stays as it is; its premiums are taken back, and the town's desk is asked by a task. */
export function askToEnd(draft: CaseDraft, insurance: Registered, withdraw: (payment: StepRecord) => void): void {
  if (insurance.withdrawalRequestedAt !== null) throw new Refused('withdrawal_already_requested');
  draft.move(insurance.id, { withdrawalRequestedAt: draft.context.now }, 'withdrawal_requested');
  for (const payment of paymentsOf(draft, insurance)) {
    if (!isTerminal(payment.state) && payment.withdrawalRequestedAt === null) withdraw(payment);
  }
  askDesk(draft, insurance);
}

/** Not paid: the desk takes the child off its list. Paid: the money is asked back at the counter, never by itself. */
function askDesk(draft: CaseDraft, { id, newbornIndex }: StepRecord): void {
  const isPaid = paymentsOf(draft, { newbornIndex }).some(({ state }) => state === 'completed');
  draft.openTask(
    isPaid
      ? { stepId: id, kind: 'refund', reason: 'withdrawn_paid' }
      : { stepId: id, kind: 'deregistration', reason: 'withdrawn_unpaid' },
  );
}

/** A family that takes back the last premium is not insured by it: the desk hears of it as well. */
export function tellOfTakenBack(draft: CaseDraft, payment: StepRecord): void {
  const insurance = draft.sibling(payment, 'medical_insurance');
  if (payment.code !== 'insurance_payment' || insurance === undefined || !isInForce(insurance)) return;
  if (insurance.withdrawalRequestedAt !== null) return;
  const isLeft = paymentsOf(draft, payment).some(
    ({ id, state, withdrawalRequestedAt }) =>
      id !== payment.id && state !== 'withdrawn' && state !== 'rejected' && withdrawalRequestedAt === null,
  );
  if (!isLeft) askDesk(draft, insurance);
}

/** Paid although it was to be taken back: now there is money to give back. */
export function askRefund(draft: CaseDraft, payment: StepRecord): void {
  const insurance = draft.sibling(payment, 'medical_insurance');
  if (insurance === undefined) return;
  draft.closeTasks({ stepId: insurance.id, kinds: ['deregistration'] });
  askDesk(draft, insurance);
}

/** What the desk told a clerk. */
export function settleEnd(draft: CaseDraft, insurance: Registered, outcome: 'confirmed' | 'refused'): void {
  const { id, insured, withdrawalRequestedAt } = insurance;
  if (withdrawalRequestedAt === null) throw new Refused('no_withdrawal_requested');
  const isEnded = outcome === 'confirmed';
  draft.move(
    id,
    isEnded ? { insured: { ...insured, endedAt: draft.context.now } } : { withdrawalRequestedAt: null },
    isEnded ? 'insurance_ended' : 'withdrawal_refused',
    { via: 'clerk' },
  );
  draft.closeTasks({ stepId: id, kinds: ['refund', 'deregistration'] });
}
