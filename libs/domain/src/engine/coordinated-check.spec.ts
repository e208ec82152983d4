import type { CaseState, StepRecord } from '../case-state';
import type { AnsweredEvent, CaseEvent } from './case-event';
import { decide } from './decide';
import { answered, contextOf, NOW, standing, STEP, stepIn } from './model/model-case.spec-support';

const DAY_MS = 86_400_000;
/** The end of the tenth working day after Monday 2026-11-02. */
const DUE = Date.parse('2026-11-17T00:00:00+08:00');
const RUNNING = { startedOn: '2026-10-30', pausedOn: null, pausedWorkingDays: 0, estimated: false };

const decided = (given: CaseState, event: CaseEvent, now = NOW) => decide(given, event, contextOf(undefined, { now }));
const said = (kind: AnsweredEvent['kind'], more: Partial<AnsweredEvent> = {}) => answered(kind, more);
const asked = (changes: Partial<StepRecord> = {}): CaseState =>
  decided(
    standing('accepted', { mode: 'verify', promise: RUNNING, promisedOn: '2026-11-02', ...changes }),
    said('suspended', { detail: 'coordinated_check' }),
  ).state;
const recorded = (outcome: 'verified' | 'not_verified'): CaseEvent => ({
  type: 'check_answered',
  stepId: STEP,
  outcome,
});
const passed = (given: CaseState, now: number) => {
  const work = given.work.map((row) => ({ ...row, leaseToken: 'lease' }));
  return decided({ ...given, work }, { type: 'deadline_fired', stepId: STEP, leaseToken: 'lease' }, now);
};

describe('P4: a certificate that cannot be verified becomes a request to another place', () => {
  it('with a day until which it answers; the promise rests', () => {
    expect(stepIn(asked())).toMatchObject({
      state: 'suspended',
      reason: 'coordinated_check',
      coordinatedCheck: { askedAt: NOW, dueAt: DUE, outcome: null, answeredAt: null },
      promise: { pausedOn: '2026-11-02' },
    });
  });

  it('a special procedure is none', () => {
    const { state } = decided(standing('accepted'), said('suspended'));
    expect(stepIn(state)).toMatchObject({ reason: 'special_procedure', coordinatedCheck: null });
  });

  it('the same word again moves no day', () => {
    const later = decided(
      asked(),
      said('suspended', { detail: 'coordinated_check', occurredAt: NOW + DAY_MS }),
      NOW + DAY_MS,
    );
    expect(stepIn(later.state).coordinatedCheck).toEqual(stepIn(asked()).coordinatedCheck);
  });

  it('overdue, the county coordinator has it at once, and nobody else', () => {
    const early = passed(asked(), DUE - 1);
    expect(early.openTasks).toEqual([]);
    expect(early.state.work.find(({ kind, stepId }) => kind === 'DEADLINE' && stepId === STEP)?.dueAt).toBe(DUE);
    const late = passed(asked(), DUE);
    expect(late.openTasks).toMatchObject([{ stepId: STEP, kind: 'office_overdue', reason: 'coordinator' }]);
    expect(stepIn(late.state)).toMatchObject({ state: 'suspended', duty: { with: 'coordinator', since: NOW } });
    expect(stepIn(late.state).coordinatedCheck?.dueAt).toBe(DUE);
  });

  it.each([
    ['completed', 'verified'],
    ['accepted', 'verified'],
    ['correction_needed', 'not_verified'],
    ['rejected', 'not_verified'],
    ['action_needed', 'not_verified'],
    ['withdrawn', null],
  ] as const)('the agency’s own %s ends it: %s', (kind, outcome) => {
    const { state } = decided(asked(), said(kind, { occurredAt: NOW + DAY_MS }), NOW + DAY_MS);
    expect(stepIn(state).coordinatedCheck).toMatchObject({ outcome, answeredAt: NOW + DAY_MS });
  });

  it('a clerk records “verified”: the certificate is done, what follows starts', () => {
    const { state, closeTasks } = decided(passed(asked(), DUE).state, recorded('verified'), DUE + 1);
    expect(stepIn(state)).toMatchObject({
      state: 'completed',
      source: 'clerk',
      coordinatedCheck: { outcome: 'verified', answeredAt: DUE + 1 },
      duty: null,
    });
    expect(stepIn(state, 'household_registration').state).toBe('queued');
    expect(closeTasks).toContainEqual({ stepId: STEP, kinds: ['office_overdue'] });
  });

  it('a clerk records “not verified”: the family may correct it, with thirty days', () => {
    const { state } = decided(asked(), recorded('not_verified'), NOW + DAY_MS);
    expect(stepIn(state)).toMatchObject({
      state: 'correction_needed',
      reason: 'certificate_not_verified',
      owner: 'applicant',
      correctionDueAt: NOW + 31 * DAY_MS,
      coordinatedCheck: { outcome: 'not_verified' },
      promise: { pausedOn: '2026-11-02' },
    });
    const corrected = decided(state, { type: 'corrected', stepId: STEP, ways: [] }, NOW + 2 * DAY_MS).state;
    expect(stepIn(corrected)).toMatchObject({ state: 'queued', generation: 2 });
  });

  it('what the agency said before it heard of the answer no longer counts; its result does', () => {
    const { state } = decided(asked(), recorded('not_verified'), NOW + DAY_MS);
    const still = decided(state, said('suspended', { detail: 'coordinated_check', via: 'poll' }), NOW + 2 * DAY_MS);
    expect(still.disposition).toBe('recorded');
    const found = decided(state, said('completed', { occurredAt: NOW }), NOW + 2 * DAY_MS);
    expect(stepIn(found.state).state).toBe('completed');
  });

  it.each<[string, () => CaseState, string]>([
    ['nothing is asked', () => standing('accepted', { mode: 'verify' }), 'no_coordinated_check'],
    [
      'another procedure runs',
      () => standing('suspended', { mode: 'verify', reason: 'special_procedure' }),
      'no_coordinated_check',
    ],
    ['it is no certificate of another place', () => asked({ mode: 'issue' }), 'no_coordinated_check'],
    ['it is being withdrawn', () => asked({ withdrawalRequestedAt: NOW }), 'withdrawal_is_open'],
    ['it was answered', () => decided(asked(), recorded('verified')).state, 'no_coordinated_check'],
  ])('a clerk’s answer is refused where %s', (_name, given, code) => {
    expect(() => decided(given(), recorded('verified'))).toThrow(code);
  });
});
