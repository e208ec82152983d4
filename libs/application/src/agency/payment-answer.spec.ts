import type { AgencyAnswer, PaymentDue } from '../ports/agency-adapter';
import type { AgencyText } from '../ports/case-store';
import { paymentFacts, paymentText } from './payment-answer';

const due = (amountFen: number): PaymentDue => ({ noticeNumber: 'YZ1', amountFen, payBy: null });
const stored = (amountFen: number, previousFen: number | null = null): AgencyText => ({
  text: '请缴纳',
  payment: { ...due(amountFen), previousFen },
});
const asking = (amountFen: number): AgencyAnswer => ({
  kind: 'action_needed',
  text: '请缴纳',
  payment: due(amountFen),
});

describe('P11: the amount of a premium', () => {
  it.each([
    ['is asked for the first time', null, null, 'payment_due'],
    ['is asked again', stored(40_000), null, 'payment_due'],
    ['has changed', stored(38_000), 38_000, 'payment_changed'],
    ['has changed before, and is asked again', stored(40_000, 38_000), 38_000, 'payment_changed'],
  ] as const)('%s', (_name, before, previousFen, detail) => {
    expect(paymentText(due(40_000), before)).toEqual({ ...due(40_000), previousFen });
    expect(paymentFacts(asking(40_000), () => before)).toEqual({ detail });
  });

  it.each([
    [40_000, false],
    [0, true],
  ])('%d fen paid: the time and the cover are known to the engine, the amount is not', (amountFen, isExempt) => {
    const [paidAt, coveredFrom, coveredTo] = ['2026-11-03T09:00:00+08:00', '2026-11-02', '2026-12-31'];
    const results = { 'insurance_payment:2026': { paidAt, voucherNumber: 'WS1', amountFen, coveredFrom, coveredTo } };
    expect(paymentFacts({ kind: 'completed', results }, () => null)).toEqual({
      premium: { paidAt: Date.parse(paidAt), isExempt, coverage: { from: coveredFrom, to: coveredTo } },
    });
  });

  it('is nobody else’s business', () => {
    const results = { vaccination: { childCode: 'C', bookNumber: 'B', unitName: 'U' } };
    expect(paymentFacts({ kind: 'completed', results }, () => null)).toEqual({});
    expect(paymentFacts({ kind: 'action_needed', text: '请到窗口' }, () => stored(1))).toEqual({});
  });
});
