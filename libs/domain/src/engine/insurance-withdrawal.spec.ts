import type { CaseState, StepRecord } from '../case-state';
import type { CaseEvent } from './case-event';
import { decide } from './decide';
import { answered, caseOf, contextOf, insuredFor, NOW, stepIn, stepOf } from './model/model-case.spec-support';

const HOUR_MS = 3_600_000;
const INSURANCE = 'medical_insurance';

const payment = (year: number, changes: Partial<StepRecord> = {}): StepRecord =>
  stepOf({
    id: `payment-${year}`,
    code: 'insurance_payment',
    qualifier: String(year),
    agency: 'tax-administration',
    state: 'action_needed',
    reason: 'payment_due',
    owner: 'applicant',
    sentGeneration: 1,
    hasReceipt: true,
    ...changes,
  });
const PAID = { state: 'completed', reason: 'done', owner: 'platform' } as const;

/** Registered an hour ago. */
function registered(...payments: readonly StepRecord[]): CaseState {
  const insured = { ...insuredFor(payments.map(({ qualifier }) => Number(qualifier))), registeredAt: NOW - HOUR_MS };
  const insurance = stepOf({ code: INSURANCE, agency: INSURANCE_AGENCY, sentGeneration: 1, insured, ...PAID });
  return { ...caseOf(), steps: [insurance, ...payments] };
}
const INSURANCE_AGENCY = 'medical-insurance';

const after = (given: CaseState, event: CaseEvent) => decide(given, event, contextOf());
const asked = (given: CaseState, stepId: string = INSURANCE) => after(given, { type: 'withdrawal_requested', stepId });
const resolved = (given: CaseState, decision: 'withdrawal_confirmed' | 'withdrawal_refused') =>
  after(given, { type: 'clerk_resolved', stepId: INSURANCE, decision });
const UNPAID_TASK = { stepId: INSURANCE, kind: 'deregistration', reason: 'withdrawn_unpaid' };
const REFUND_TASK = { stepId: INSURANCE, kind: 'refund', reason: 'withdrawn_paid' };
const byId = ({ steps }: CaseState, id: string) => steps.find((step) => step.id === id);

describe('P15: an insurance that was registered is taken back', () => {
  it('unpaid: its notice is taken back, the desk has a task, what was done stays', () => {
    const { state, openTasks, history } = asked(registered(payment(2026)));
    expect(stepIn(state, INSURANCE)).toMatchObject({ state: 'completed', withdrawalRequestedAt: NOW });
    expect(byId(state, 'payment-2026')).toMatchObject({ state: 'action_needed', withdrawalRequestedAt: NOW });
    expect(state.work.map(({ stepId, kind }) => `${stepId} ${kind}`)).toContain('payment-2026 WITHDRAW');
    expect(openTasks).toEqual([UNPAID_TASK]);
    expect(history[0]).toMatchObject({ type: 'withdrawal_requested', stepId: INSURANCE, toState: 'completed' });
  });

  it('unpaid and never asked for: withdrawn at once', () => {
    const fresh = payment(2026, { state: 'queued', reason: 'to_be_sent', owner: 'platform', sentGeneration: 0 });
    const { state, openTasks } = asked(registered(fresh));
    expect(byId(state, 'payment-2026')).toMatchObject({ state: 'withdrawn', reason: 'applicant_withdrew' });
    expect(openTasks).toEqual([UNPAID_TASK]);
    expect(state.status).toBe('partly_completed');
  });

  it('paid: the money is asked back at the counter, and nothing by itself', () => {
    const { state, openTasks } = asked(registered(payment(2026, PAID), payment(2027)));
    expect(byId(state, 'payment-2026')).toMatchObject(PAID);
    expect(byId(state, 'payment-2027')).toMatchObject({ withdrawalRequestedAt: NOW });
    expect(openTasks).toEqual([REFUND_TASK]);
  });

  it('paid while it is taken back: the desk’s task becomes that of a refund', () => {
    const { state } = asked(registered(payment(2026)));
    const paid = answered('completed', {
      stepId: 'payment-2026',
      premium: { paidAt: NOW, isExempt: false, coverage: { from: '2026-10-30', to: '2026-12-31' } },
    });
    const { openTasks, closeTasks } = after(state, paid);
    expect(openTasks).toEqual([REFUND_TASK]);
    expect(closeTasks).toContainEqual({ stepId: INSURANCE, kinds: ['deregistration'] });
  });

  it('once: said again it is refused', () => {
    const { state } = asked(registered(payment(2026)));
    expect(() => asked(state)).toThrow('withdrawal_already_requested');
  });

  it.each([
    ['a case of before', null],
    ['one that its desk has ended', { ...insuredFor([2026]), registeredAt: NOW, endedAt: NOW }],
  ])('not in %s', (_name, insured) => {
    const given = registered(payment(2026));
    const [insurance, ...rest] = given.steps as [StepRecord, ...StepRecord[]];
    expect(() => asked({ ...given, steps: [{ ...insurance, insured }, ...rest] })).toThrow('cannot_withdraw_any_more');
  });

  it('the desk confirms: ended, and the step stays done', () => {
    const { state } = asked(registered(payment(2026)));
    const { state: ended, closeTasks, history } = resolved(state, 'withdrawal_confirmed');
    expect(stepIn(ended, INSURANCE)).toMatchObject({ state: 'completed', insured: { endedAt: NOW } });
    expect(history).toMatchObject([{ type: 'insurance_ended', toState: 'completed' }]);
    expect(closeTasks).toContainEqual({ stepId: INSURANCE, kinds: ['refund', 'deregistration'] });
    expect(() => resolved(ended, 'withdrawal_confirmed')).toThrow('no_withdrawal_requested');
  });

  it('the desk refuses: the insurance goes on', () => {
    const { state } = asked(registered(payment(2026)));
    const { state: kept } = resolved(state, 'withdrawal_refused');
    expect(stepIn(kept, INSURANCE)).toMatchObject({ withdrawalRequestedAt: null, insured: { endedAt: null } });
    expect(() => resolved(kept, 'withdrawal_refused')).toThrow('no_withdrawal_requested');
  });
});

describe('P15: a premium alone is taken back', () => {
  it('the last one: its desk hears that nobody pays', () => {
    expect(asked(registered(payment(2026)), 'payment-2026').openTasks).toEqual([UNPAID_TASK]);
  });

  it.each([
    ['another is open', payment(2027)],
    ['another is paid', payment(2027, PAID)],
  ])('%s: nobody is asked', (_name, other) => {
    const { state, openTasks } = asked(registered(payment(2026), other), 'payment-2026');
    expect(openTasks).toEqual([]);
    expect(stepIn(state, INSURANCE)).toMatchObject({ withdrawalRequestedAt: null });
  });
});
