import { workingCalendar } from '@birth/standards';
import type { CaseState, StepRecord } from '../case-state';
import type { AnsweredEvent, CaseEvent } from './case-event';
import { decide } from './decide';
import { owedWork } from './owed-work';
import { answered, caseOf, contextOf, rowOf, stepIn } from './model/model-case.spec-support';

const HOUSEHOLD = 'household_registration';
const MONDAY = Date.parse('2026-11-02T10:00:00+08:00');
/** The end of the fifth working day after that Monday. */
const DEEMED = Date.parse('2026-11-10T00:00:00+08:00');
const DAY_MS = 86_400_000;
const calendar = workingCalendar([{ year: 2026, holidays: [], makeUpDays: [], published: true }]);

const decided = (given: CaseState, event: CaseEvent, now: number) =>
  decide(given, event, contextOf(undefined, { now, calendar }));
const said = (kind: AnsweredEvent['kind'], more: Partial<AnsweredEvent> = {}, at = MONDAY): AnsweredEvent =>
  answered(kind, { stepId: HOUSEHOLD, occurredAt: at, ...more });

const MONTH = {
  rule: 'household_one_month',
  dueAt: '2026-11-30',
  safeAt: '2026-11-29',
  estimated: false,
  lateOnArrival: false,
  metBy: null,
  metAt: null,
} as const;

/** The police’s row is written; nobody there has taken it. */
function delivered(changes: Partial<StepRecord> = {}, code: StepRecord['code'] = HOUSEHOLD): CaseState {
  const given = caseOf({
    birth_certificate: { state: 'completed', reason: 'done' },
    [code]: { state: 'queued', statutory: code === HOUSEHOLD ? MONTH : null, timersFiredUntil: MONDAY, ...changes },
  });
  const work = owedWork(stepIn(given, code)).map((kind) => rowOf(stepIn(given, code), kind));
  return decided({ ...given, work }, said('accepted', { stepId: code, detail: 'delivered', via: 'reply' }), MONDAY)
    .state;
}

function passed(given: CaseState, now: number, code: StepRecord['code'] = HOUSEHOLD) {
  const work = given.work.map((row) => ({ ...row, leaseToken: 'lease' }));
  return decided({ ...given, work }, { type: 'deadline_fired', stepId: code, leaseToken: 'lease' }, now);
}
const deemed = () => passed(delivered(), DEEMED);

describe('P10: what an agency has and has not said to accept', () => {
  it('is delivered: the household’s month is met, nothing is promised', () => {
    const state = delivered();
    expect(stepIn(state, HOUSEHOLD)).toMatchObject({
      state: 'accepted',
      reason: 'awaiting_acceptance',
      owner: 'agency',
      deliveredAt: MONDAY,
      promise: null,
      promisedOn: null,
      statutory: { metBy: 'declared', metAt: MONDAY },
    });
  });

  it('is promised from the agency’s own acceptance, and never counts as delivered again', () => {
    const accepted = decided(delivered(), said('accepted', {}, MONDAY + DAY_MS), MONDAY + DAY_MS).state;
    expect(stepIn(accepted, HOUSEHOLD)).toMatchObject({ reason: 'in_progress', promisedOn: '2026-11-04' });
    const again = decided(
      accepted,
      said('accepted', { detail: 'delivered', via: 'poll' }, MONDAY + 2 * DAY_MS),
      MONDAY + 2 * DAY_MS,
    );
    expect(again.disposition).toBe('recorded');
    expect(stepIn(again.state, HOUSEHOLD)).toEqual(stepIn(accepted, HOUSEHOLD));
  });
});

describe('P10: deemed acceptance', () => {
  it('comes at the end of the fifth working day, not before, and wakes for it', () => {
    const early = passed(delivered(), DEEMED - 1);
    expect(stepIn(early.state, HOUSEHOLD)).toMatchObject({ reason: 'awaiting_acceptance', promise: null });
    expect(early.state.work.find(({ kind, stepId }) => kind === 'DEADLINE' && stepId === HOUSEHOLD)?.dueAt).toBe(
      DEEMED,
    );
    expect(stepIn(deemed().state, HOUSEHOLD)).toMatchObject({ reason: 'deemed_accepted', state: 'accepted' });
  });

  it('starts the promise on the day of receipt, tells the office, and completes nothing', () => {
    const { state, history, openTasks } = deemed();
    expect(stepIn(state, HOUSEHOLD)).toMatchObject({
      promise: { startedOn: '2026-11-02', pausedOn: null },
      promisedOn: '2026-11-03',
      owner: 'agency',
      source: null,
    });
    expect(openTasks.filter(({ kind }) => kind === 'deemed_acceptance')).toEqual([
      { stepId: HOUSEHOLD, kind: 'deemed_acceptance', reason: 'deemed_accepted', dueAt: DEEMED + DAY_MS },
    ]);
    const told = history.map(({ type, detail }) => [type, detail['timer'] ?? detail['deliveredOn']]);
    expect(told).toEqual(
      expect.arrayContaining([
        ['timer_passed', 'deemed_acceptance'],
        ['deemed_accepted', '2026-11-02'],
        ['timer_passed', 'promise_red'],
      ]),
    );
    expect(stepIn(state, 'medical_insurance').state).toBe('waiting');
  });

  it('happens once, and is no word of the office: its silence stays noted', () => {
    const first = deemed();
    const duty = stepIn(first.state, HOUSEHOLD).duty;
    expect(duty).toMatchObject({ since: MONDAY });
    const second = passed(first.state, DEEMED + DAY_MS);
    expect(second.history.filter(({ type }) => type === 'deemed_accepted')).toEqual([]);
    expect(stepIn(second.state, HOUSEHOLD).promisedOn).toBe('2026-11-03');
  });

  it.each([
    ['correction_needed', 'correction_needed'],
    ['action_needed', 'action_needed'],
    ['suspended', 'suspended'],
    ['completed', 'completed'],
    ['rejected', 'rejected'],
  ] as const)('a later %s is still taken, and ends the office’s task', (kind, state) => {
    const after = decided(deemed().state, said(kind, {}, DEEMED + DAY_MS), DEEMED + DAY_MS);
    expect(stepIn(after.state, HOUSEHOLD).state).toBe(state);
    expect(after.closeTasks).toContainEqual({
      stepId: HOUSEHOLD,
      kinds: expect.arrayContaining(['deemed_acceptance']) as never,
    });
  });

  it('a later acceptance leaves the promise as the law has set it', () => {
    const after = decided(deemed().state, said('accepted', {}, DEEMED + DAY_MS), DEEMED + DAY_MS).state;
    expect(stepIn(after, HOUSEHOLD)).toMatchObject({ reason: 'in_progress', promisedOn: '2026-11-03' });
  });

  it('the row that nobody takes says the same after it: no effect', () => {
    const { state, disposition } = decided(
      deemed().state,
      said('accepted', { detail: 'delivered', via: 'poll' }, DEEMED + 1),
      DEEMED + 1,
    );
    expect(disposition).toBe('recorded');
    expect(stepIn(state, HOUSEHOLD).reason).toBe('deemed_accepted');
  });

  it.each<[string, () => CaseState, StepRecord['code']]>([
    ['no law says so of this step', () => delivered({}, 'vaccination'), 'vaccination'],
    [
      'it is being withdrawn',
      () => decided(delivered(), { type: 'withdrawal_requested', stepId: HOUSEHOLD }, MONDAY).state,
      HOUSEHOLD,
    ],
    [
      'it supplements what was accepted',
      () =>
        delivered({
          generation: 1,
          promise: { startedOn: '2026-10-30', pausedOn: null, pausedWorkingDays: 0, estimated: false },
          promisedOn: '2026-11-02',
        }),
      HOUSEHOLD,
    ],
  ])('never where %s', (_name, given, code) => {
    const { state, history } = passed(given(), DEEMED + 30 * DAY_MS, code);
    expect(history.filter(({ type }) => type === 'deemed_accepted')).toEqual([]);
    expect(stepIn(state, code).reason).toBe('awaiting_acceptance');
  });
});
