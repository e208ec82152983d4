import type { AnsweredEvent } from '@birth/domain';
import type { AgencyAnswer, PaymentDue } from '../ports/agency-adapter';
import type { AgencyText } from '../ports/case-store';
import type { PremiumPaid, StepResults } from '../ports/dossier';

/** What is asked now beside what was asked before: a change is told to the family (policy P11). */
export function paymentText(due: PaymentDue, stored: AgencyText | null): NonNullable<AgencyText['payment']> {
  const known = stored?.payment;
  const isSame = known?.amountFen === due.amountFen;
  const previousFen = known === undefined ? null : isSame ? known.previousFen : known.amountFen;
  return { ...due, previousFen };
}

/** What decide() may know of an answer about a payment: codes, times and days, no amount. */
export function paymentFacts(
  answer: AgencyAnswer,
  stored: () => AgencyText | null,
): Pick<AnsweredEvent, 'detail' | 'premium'> {
  if (answer.kind === 'action_needed' && answer.payment !== undefined) {
    const { previousFen } = paymentText(answer.payment, stored());
    return { detail: previousFen === null ? 'payment_due' : 'payment_changed' };
  }
  const paid = answer.kind === 'completed' ? paidOf(answer.results) : undefined;
  return paid === undefined ? {} : { premium: premiumOf(paid) };
}

function paidOf(results: StepResults): PremiumPaid | undefined {
  const [found] = Object.entries<unknown>({ ...results }).filter(([key]) => key.startsWith('insurance_payment:'));
  return found?.[1] as PremiumPaid | undefined;
}

const premiumOf = ({ paidAt, amountFen, coveredFrom, coveredTo }: PremiumPaid) => ({
  paidAt: Date.parse(paidAt),
  isExempt: amountFen === 0,
  coverage: { from: coveredFrom, to: coveredTo },
});
