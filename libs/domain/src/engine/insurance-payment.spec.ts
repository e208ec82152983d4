import type { CaseState, StepRecord } from '../case-state';
import type { PremiumPayer } from '../insurance/insured';
import type { AnsweredEvent, CaseEvent } from './case-event';
import { decide } from './decide';
import { answered, caseOf, contextOf, insuredFor, NOW, stepIn, stepOf } from './model/model-case.spec-support';

const HOUR_MS = 3_600_000;
const LIMIT = {
  rule: 'insurance_ninety_days',
  dueAt: '2027-01-28',
  safeAt: '2027-01-27',
  estimated: true,
  lateOnArrival: false,
  metBy: null,
  metAt: null,
} as const;

/** The insurance desk has it; everything else is asked of nobody. */
function asking(
  years: readonly number[],
  payer: PremiumPayer = 'family',
  changes: Partial<StepRecord> = {},
): CaseState {
  const insurance = stepOf({
    code: 'medical_insurance',
    agency: 'medical-insurance',
    basis: 'citizen_id',
    state: 'accepted',
    reason: 'in_progress',
    owner: 'agency',
    sentGeneration: 1,
    statutory: LIMIT,
    insured: insuredFor(years, payer),
    ...changes,
  });
  return { ...caseOf(), steps: [insurance] };
}

const after = (given: CaseState, event: CaseEvent, now = NOW) => decide(given, event, contextOf(undefined, { now }));
const registered = (given: CaseState, now = NOW, more: Partial<AnsweredEvent> = {}) =>
  after(given, answered('completed', { stepId: 'medical_insurance', occurredAt: now, ...more }), now);
const paymentsOf = ({ steps }: CaseState): StepRecord[] => steps.filter(({ code }) => code === 'insurance_payment');
const paymentOf = (state: CaseState, year: number): StepRecord =>
  paymentsOf(state).find(({ qualifier }) => qualifier === String(year)) as StepRecord;
const paid = (state: CaseState, year: number, paidAt: number, isExempt = false): AnsweredEvent =>
  answered('completed', {
    stepId: paymentOf(state, year).id,
    occurredAt: paidAt + HOUR_MS,
    premium: { paidAt, isExempt, coverage: { from: '2026-10-30', to: `${year}-12-31` } },
  });

describe('P11: a payment a year is born when the insurance is registered', () => {
  it('at the tax hall, sent at once, the limit of ninety days with that of the year of birth', () => {
    const { state, history } = registered(asking([2026, 2027]));
    expect(paymentsOf(state)).toHaveLength(2);
    expect(paymentOf(state, 2026)).toMatchObject({
      state: 'queued',
      agency: 'tax-administration',
      officeCode: 'T1',
      officeKind: 'tax_hall',
      statutory: LIMIT,
      mode: 'issue',
      insured: null,
    });
    expect(paymentOf(state, 2027)).toMatchObject({ state: 'queued', statutory: null });
    expect(history.filter(({ type }) => type === 'step_born')).toHaveLength(2);
    const rows = state.work.filter(({ queue }) => queue === 'tax-administration').map(({ kind }) => kind);
    expect(rows).toEqual(['CALL', 'CALL']);
  });

  it('exactly once, however often the desk says so', () => {
    const once = registered(asking([2026])).state;
    const twice = registered(once, NOW + HOUR_MS, { via: 'poll' }).state;
    expect(paymentsOf(twice).map(({ id }) => id)).toEqual(paymentsOf(once).map(({ id }) => id));
  });

  it.each([
    ['a case of before', { insured: null }],
    ['an insurance that was refused', {}],
  ])('none in %s', (_name, changes) => {
    const given = asking([2026], 'family', changes);
    const isRefused = given.steps[0]?.insured !== null;
    const event = answered(isRefused ? 'rejected' : 'completed', { stepId: 'medical_insurance' });
    expect(paymentsOf(after(given, event).state)).toEqual([]);
  });

  it('also when a clerk has compared what was registered at a counter', () => {
    const given = asking([2026], 'family', { reason: 'verifying', owner: 'clerk', source: 'counter' });
    const verified = after(given, { type: 'clerk_verified', stepId: 'medical_insurance', confirmed: true }).state;
    expect(stepIn(verified, 'medical_insurance').insured).toMatchObject({ registeredAt: NOW });
    expect(paymentOf(verified, 2026).state).toBe('queued');
  });
});

describe('P11: a year that nobody pays', () => {
  it.each([
    ['subsidised', 'payment_not_required'],
    ['with_guardian', 'insured_with_guardian'],
  ] as const)('%s: not applicable, covered, and the limit met by the registration', (payer, reason) => {
    const at = NOW + HOUR_MS;
    const { state } = registered(asking([2026], payer), at);
    expect(paymentOf(state, 2026)).toMatchObject({ state: 'not_applicable', reason, owner: 'platform' });
    const met = { metBy: 'registered_and_exempt', metAt: at };
    expect(stepIn(state, 'medical_insurance')).toMatchObject({
      statutory: met,
      insured: {
        registeredAt: at,
        years: [{ payer, paidAt: null, coverage: { from: '2026-10-30', to: '2026-12-31' } }],
      },
    });
    expect(paymentOf(state, 2026).statutory).toMatchObject(met);
    expect(state.work).toEqual([]);
  });

  it('registered too late is covered from then on', () => {
    const late = Date.parse('2027-02-05T10:00:00+08:00');
    const { state } = registered(asking([2027], 'subsidised'), late);
    expect(stepIn(state, 'medical_insurance').insured?.years).toMatchObject([
      { coverage: { from: '2027-02-05', to: '2027-12-31' } },
    ]);
  });

  it('next year is covered from its first day', () => {
    const { state } = registered(asking([2026, 2027], 'subsidised'));
    expect(stepIn(state, 'medical_insurance').insured?.years[1]?.coverage?.from).toBe('2027-01-01');
  });
});

describe('P11: what the tax administration says', () => {
  const due = (state: CaseState, detail: 'payment_due' | 'payment_changed', now = NOW): CaseState => {
    const event = answered('action_needed', { stepId: paymentOf(state, 2026).id, detail, wordsDiffer: true });
    return after(state, { ...event, occurredAt: now }, now).state;
  };

  it('due: the family pays, the case needs the family, and the agency is asked rarely', () => {
    const state = due(registered(asking([2026])).state, 'payment_due');
    const { id } = paymentOf(state, 2026);
    expect(paymentOf(state, 2026)).toMatchObject({ state: 'action_needed', reason: 'payment_due', owner: 'applicant' });
    expect(state.status).toBe('needs_family');
    const poll = state.work.find(({ stepId, kind }) => stepId === id && kind === 'POLL');
    expect(poll?.dueAt).toBe(NOW + 12 * 60_000);
  });

  it('another amount: told to the family as such', () => {
    const given = due(registered(asking([2026])).state, 'payment_due');
    const { state, history } = after(
      given,
      answered('action_needed', {
        stepId: paymentOf(given, 2026).id,
        detail: 'payment_changed',
        wordsDiffer: true,
        occurredAt: NOW + 1,
      }),
      NOW + 1,
    );
    expect(paymentOf(state, 2026).reason).toBe('payment_changed');
    expect(history).toMatchObject([{ type: 'action_needed', reason: 'payment_changed' }]);
  });

  it('paid: three facts, and the limit met at the time of payment, not of the message', () => {
    const given = due(registered(asking([2026, 2027])).state, 'payment_due');
    const paidAt = NOW + HOUR_MS;
    const { state, history } = after(given, paid(given, 2026, paidAt), NOW + 30 * HOUR_MS);
    expect(paymentOf(state, 2026)).toMatchObject({ state: 'completed', reason: 'done', source: 'agency' });
    const met = { metBy: 'registered_and_paid', metAt: paidAt };
    expect(paymentOf(state, 2026).statutory).toMatchObject(met);
    expect(stepIn(state, 'medical_insurance')).toMatchObject({
      state: 'completed',
      statutory: met,
      insured: {
        registeredAt: NOW,
        years: [
          { year: 2026, payer: 'family', paidAt, coverage: { from: '2026-10-30', to: '2026-12-31' } },
          { year: 2027, payer: 'family', paidAt: null, coverage: null },
        ],
      },
    });
    expect(history.map(({ type }) => type)).toContain('premium_paid');
  });

  it('next year’s premium meets no limit', () => {
    const given = registered(asking([2026, 2027])).state;
    const { state } = after(given, paid(given, 2027, NOW), NOW + HOUR_MS);
    expect(stepIn(state, 'medical_insurance').statutory).toMatchObject({ metBy: null, metAt: null });
    expect(paymentOf(state, 2026).statutory).toMatchObject({ metAt: null });
  });

  it('nothing due after all: as if subsidised', () => {
    const given = registered(asking([2026])).state;
    const { state } = after(given, paid(given, 2026, NOW, true), NOW + HOUR_MS);
    expect(stepIn(state, 'medical_insurance')).toMatchObject({
      statutory: { metBy: 'registered_and_exempt' },
      insured: { years: [{ payer: 'subsidised' }] },
    });
  });

  it('paid before the desk had registered: met when both were done', () => {
    const given = registered(asking([2026])).state;
    const { state } = after(given, paid(given, 2026, NOW - HOUR_MS), NOW + HOUR_MS);
    expect(stepIn(state, 'medical_insurance').statutory).toMatchObject({ metAt: NOW });
  });

  it('a payment holds up nothing: the case ends when it does', () => {
    const given = due(registered(asking([2026])).state, 'payment_due');
    const { state } = after(given, paid(given, 2026, NOW), NOW + HOUR_MS);
    expect(state).toMatchObject({ status: 'completed', work: [] });
  });
});

describe('P11: the ninety days are counted down', () => {
  const BORN = Date.parse('2026-10-30T00:00:00+08:00');
  const morningOf = (day: number): number => BORN + (day * 24 + 9) * HOUR_MS;
  const fired = (given: CaseState, stepId: string, now: number) => {
    const work = given.work.map((row) =>
      row.stepId === stepId && row.kind === 'DEADLINE' ? { ...row, leaseToken: 'lease', leaseUntil: now + 1 } : row,
    );
    return after({ ...given, work }, { type: 'deadline_fired', stepId, leaseToken: 'lease' }, now);
  };
  const countdown = ({ history }: ReturnType<typeof decide>) =>
    history.flatMap(({ type, detail }) =>
      type === 'timer_passed' && String(detail['timer']).startsWith('insurance_') ? [detail['timer']] : [],
    );
  const unpaid = (): CaseState => registered(asking([2026])).state;

  it('on the mornings that the settings name, on the payment, each once', () => {
    let state = unpaid();
    const { id } = paymentOf(state, 2026);
    const told: unknown[] = [];
    for (let day = 1; day <= 95; day += 1) {
      const decision = fired(state, id, morningOf(day));
      told.push(...countdown(decision).map((name) => [day, name]));
      ({ state } = decision);
      expect(countdown(fired(state, id, morningOf(day) + HOUR_MS))).toEqual([]);
    }
    expect(told).toEqual([30, 45, 60, 75, 85].map((day) => [day, `insurance_countdown_${day}`]));
  });

  it('wakes at that hour, not at the review of the next morning alone', () => {
    const given = unpaid();
    const { id } = paymentOf(given, 2026);
    const { state } = fired(given, id, morningOf(29) + HOUR_MS);
    expect(state.work.find(({ stepId, kind }) => stepId === id && kind === 'DEADLINE')?.dueAt).toBe(morningOf(30));
  });

  it('on the insurance before it is registered, and not again on a payment born later', () => {
    const given = after(asking([2026]), { type: 'filed' }).state;
    const waiting = fired(given, 'medical_insurance', morningOf(31));
    expect(countdown(waiting)).toEqual(['insurance_countdown_30']);
    const { state } = registered(waiting.state, morningOf(32));
    expect(countdown(fired(state, paymentOf(state, 2026).id, morningOf(33)))).toEqual([]);
  });

  it('no more once it is paid, nor for a year that meets no limit', () => {
    const given = registered(asking([2026, 2027])).state;
    const { state } = after(given, paid(given, 2026, NOW), NOW + HOUR_MS);
    expect(countdown(fired(state, paymentOf(state, 2027).id, morningOf(60)))).toEqual([]);
  });

  it('not after a death', () => {
    const given = after(unpaid(), { type: 'death_reported', newbornIndex: 0, reportedBy: 'parent' }).state;
    expect(countdown(fired(given, paymentOf(given, 2026).id, morningOf(60)))).toEqual([]);
  });
});
