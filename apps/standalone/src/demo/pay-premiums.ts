import type { Sample } from '../samples/sample';
import type { PlatformClient } from './platform-client';
import type { CaseShown, StepShown } from './view';

const WAITED_FOR: Readonly<Record<NonNullable<Sample['premium']>, readonly string[]>> = {
  paid: ['payment_due', 'payment_changed'],
  paid_when_changed: ['payment_changed'],
  unpaid: [],
};

/** At the tax administration, as its notice says; some families do not, and some wait until the amount is right. */
export async function payPremiums(
  client: PlatformClient,
  { premium = 'paid' }: Sample,
  { newborns }: CaseShown,
): Promise<void> {
  const isDue = ({ code, reason }: StepShown) => code === 'insurance_payment' && WAITED_FOR[premium].includes(reason);
  for (const { agencyText } of newborns.flatMap(({ steps }) => steps.filter(isDue))) {
    if (agencyText?.payment === undefined) continue;
    const { noticeNumber: noticeNo, amountFen: amount } = agencyText.payment;
    await client.control('POST', '/_sandbox/tax-administration/payments', { noticeNo, amount });
  }
}
