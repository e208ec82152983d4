import { workingCalendar } from '@birth/standards';
import type { CaseState, StepRecord } from '../case-state';
import type { StepState } from '../vocabulary';
import type { CaseEvent } from './case-event';
import { statutoryClock } from './statutory-clock';
import { decide } from './decide';
import {
  answered,
  caseOf,
  contextOf,
  NOW,
  rowOf,
  standing,
  stepIn,
  STEP,
  stepOf,
} from './model/model-case.spec-support';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MONDAY = '2026-11-02';
const month = (rule: 'household_one_month' | 'vaccination_one_month' | 'insurance_ninety_days') => ({
  rule,
  dueAt: '2026-11-30',
  safeAt: '2026-11-29',
  estimated: false,
  lateOnArrival: false,
  metBy: null,
  metAt: null,
});
const at = (given: CaseState, event: CaseEvent, now: number) =>
  decide(given, event, contextOf(undefined, { now })).state;
/** Filed long ago, so that the agency may state an earlier moment. */
const old = (given: CaseState): CaseState => ({ ...given, filedAt: NOW - 30 * DAY_MS });

describe('P10: the agency’s own moment', () => {
  const friday = NOW - 3 * DAY_MS;

  it.each([
    ['friday, told on monday', friday, '2026-10-30', '2026-11-02'],
    ['lacking: when it arrived', undefined, MONDAY, '2026-11-03'],
    ['in the future: when it arrived', NOW + 9 * DAY_MS, MONDAY, '2026-11-03'],
    ['before the case was filed: when it was filed', NOW - 90 * DAY_MS, '2026-10-03', '2026-10-05'],
  ])('starts the promise: %s', (_name, occurredAt, startedOn, promisedOn) => {
    const { occurredAt: _stated, ...bare } = answered('accepted');
    const event = occurredAt === undefined ? bare : { ...bare, occurredAt };
    const after = at(old(standing('queued', { sentGeneration: 1 })), event, NOW);
    expect(stepIn(after)).toMatchObject({ promise: { startedOn }, promisedOn });
  });

  it.each([
    ['household_one_month', 'accepted', 'declared'],
    ['household_one_month', 'completed', 'declared'],
    ['vaccination_one_month', 'accepted', null],
    ['vaccination_one_month', 'completed', 'handed_over'],
    ['insurance_ninety_days', 'accepted', null],
    ['insurance_ninety_days', 'completed', null],
  ] as const)('P10: %s at %s is met by %s', (rule, kind, metBy) => {
    const given = old(standing('queued', { sentGeneration: 1, statutory: month(rule) }));
    const after = at(given, answered(kind, { occurredAt: friday }), NOW);
    expect(stepIn(after).statutory).toMatchObject({ metBy, metAt: metBy === null ? null : friday });
  });

  it.each([
    ['reported done at the counter', { type: 'done_elsewhere', stepId: STEP }, {}, 'counter'],
    ['registered elsewhere', { type: 'external_result', stepId: STEP }, { mode: 'external' }, 'external'],
  ] as const)('P10: %s: met when a clerk has compared it, not before', (_name, event, way, metBy) => {
    const given = standing('action_needed', { ...way, statutory: month('household_one_month') });
    const told = at(given, event, NOW);
    expect(stepIn(told).statutory).toMatchObject({ metBy: null, metAt: null });
    const after = at(told, { type: 'clerk_verified', stepId: STEP, confirmed: true }, NOW + DAY_MS);
    expect(stepIn(after).statutory).toMatchObject({ metBy, metAt: NOW + DAY_MS });
  });

  it('P10: what the register has already is met by that', () => {
    const given = standing('queued', { mode: 'already_done', statutory: month('household_one_month') });
    expect(stepIn(at(given, answered('completed'), NOW)).statutory).toMatchObject({ metBy: 'already_done' });
  });

  it('P10: is never met twice', () => {
    const given = old(standing('queued', { sentGeneration: 1, statutory: month('household_one_month') }));
    const accepted = at(given, answered('accepted', { occurredAt: friday }), NOW);
    const completed = at(accepted, answered('completed', { occurredAt: NOW }), NOW);
    expect(stepIn(completed).statutory?.metAt).toBe(friday);
  });
});

describe('P10: working days of a year that is not published', () => {
  const published = workingCalendar([{ year: 2026, holidays: [], makeUpDays: [], published: true }]);
  const newYearsEve = Date.parse('2026-12-31T10:00:00+08:00');
  const decided = (event: CaseEvent, changes: Partial<StepRecord>, now: number) =>
    stepIn(decide(old(standing('queued', changes)), event, contextOf(undefined, { now, calendar: published })).state);

  it.each([
    ['within the published year', NOW, '2026-11-03', false],
    ['reaching into the next', newYearsEve, '2027-01-01', true],
  ])('mark a promise: %s', (_name, now, promisedOn, estimated) => {
    const { occurredAt: _stated, ...accepted } = answered('accepted');
    expect(decided(accepted, { sentGeneration: 1 }, now)).toMatchObject({ promisedOn, promise: { estimated } });
  });

  it.each([
    ['2026-11-01', '2026-12-01', false],
    ['2026-12-15', '2027-01-15', true],
  ])('mark a limit: born on %s, due on %s', (bornOn, dueAt, estimated) => {
    expect(statutoryClock('vaccination', bornOn, bornOn, published)).toMatchObject({ dueAt, estimated });
  });

  it('are counted anew when the hospital corrects the day', () => {
    const given = caseOf({ vaccination: { statutory: month('vaccination_one_month') } });
    const event: CaseEvent = { type: 'birth_confirmed', newbornIndex: 0, bornOn: '2026-12-15' };
    const { state } = decide(given, event, contextOf(undefined, { now: newYearsEve, calendar: published }));
    const vaccination = state.steps.find(({ code }) => code === 'vaccination');
    expect(vaccination?.statutory).toMatchObject({ dueAt: '2027-01-15', estimated: true });
  });

  it.each([
    ['2026-09-01', true],
    ['2026-10-29', false],
  ])('P10: the hospital says born on %s: late on arrival %s', (bornOn, lateOnArrival) => {
    const given = caseOf({
      vaccination: { statutory: { ...month('vaccination_one_month'), lateOnArrival: !lateOnArrival } },
    });
    const { state } = decide(given, { type: 'birth_confirmed', newbornIndex: 0, bornOn }, contextOf());
    expect(stepIn(state, 'vaccination').statutory).toMatchObject({ lateOnArrival });
  });
});

describe('P10: the promise is paused while the family or a special procedure holds the step', () => {
  const promised = {
    promise: { startedOn: MONDAY, pausedOn: null, pausedWorkingDays: 0, estimated: false },
    promisedOn: '2026-11-03',
  };

  it.each(['correction_needed', 'action_needed', 'suspended'] as const)('%s', (kind) => {
    const paused = at(standing('accepted', promised), answered(kind), NOW);
    expect(stepIn(paused).promise).toMatchObject({ pausedOn: MONDAY });
    const resumed = at(paused, answered('accepted', { occurredAt: NOW + 2 * DAY_MS }), NOW + 2 * DAY_MS);
    expect(stepIn(resumed)).toMatchObject({
      promise: { pausedOn: null, pausedWorkingDays: 2 },
      promisedOn: '2026-11-05',
    });
  });

  it.each<[StepState, string | null]>([
    ['accepted', null],
    ['suspended', MONDAY],
    ['correction_needed', MONDAY],
    ['action_needed', MONDAY],
  ])('a refused withdrawal of a step that is %s leaves the clock as it was', (state, pausedOn) => {
    const promise = { startedOn: '2026-10-30', pausedOn, pausedWorkingDays: 1, estimated: true };
    const given = standing(state, { promise, promisedOn: '2026-11-03', withdrawalRequestedAt: NOW });
    const after = at(given, answered('withdrawal_refused', { occurredAt: NOW + DAY_MS }), NOW + DAY_MS);
    expect(stepIn(after)).toMatchObject({ promise, promisedOn: '2026-11-03', withdrawalRequestedAt: null });
  });
});

describe('P3, P6, P7: timers', () => {
  const passed = (given: CaseState, stepId: string, now: number) => {
    const { state, history } = decide(
      given,
      { type: 'deadline_fired', stepId, leaseToken: 'lease' },
      contextOf(undefined, { now }),
    );
    const leased = { ...state, work: state.work.map((row) => ({ ...row, leaseToken: 'lease' })) };
    const told = history.filter(({ type }) => type === 'timer_passed');
    return {
      state: leased,
      told: told.map(({ newbornIndex, detail }) => `${newbornIndex}:${String(detail['timer'])}`),
    };
  };
  const withDeadlines = (given: CaseState): CaseState => ({
    ...given,
    work: given.steps.map((step) => rowOf(step, 'DEADLINE')),
  });
  const heldCase = (...changes: Partial<StepRecord>[]): CaseState => {
    const steps = changes.map((change, index) =>
      stepOf({ id: `step-${index}`, code: index % 2 === 0 ? 'birth_certificate' : 'vaccination', ...change }),
    );
    const newborns = [...new Set(steps.map(({ newbornIndex }) => newbornIndex))].map((index) => ({
      index,
      bornOn: '2026-10-30',
      timersFiredUntil: NOW,
      deathReportedAt: null,
      deathRetractedAt: null,
      inHospital: false,
      papers: [],
      deliveries: [],
    }));
    return withDeadlines({ ...caseOf(), steps, newborns });
  };

  it('a missing hospital record alarms once a newborn, not once a step', () => {
    const given = heldCase({ holds: ['hospital_record_missing'] }, { holds: ['hospital_record_missing'] });
    const first = passed(given, 'step-0', NOW + 24 * HOUR_MS);
    expect(first.told).toEqual(['0:hospital_alarm_24h']);
    const second = passed(first.state, 'step-1', NOW + 24 * HOUR_MS + 1);
    expect(second.told).toEqual([]);
    expect(passed(second.state, 'step-1', NOW + 48 * HOUR_MS).told).toEqual(['0:hospital_alarm_48h']);
  });

  it('a name is asked for once a newborn', () => {
    const name = { holds: ['name_undecided' as const] };
    const given = heldCase(name, {}, { ...name, newbornIndex: 1 }, { newbornIndex: 1 });
    const first = passed(given, 'step-3', Date.parse('2026-11-06T09:00:00+08:00'));
    expect(first.told).toEqual(['0:name_reminder_7', '1:name_reminder_7']);
    expect(passed(first.state, 'step-0', Date.parse('2026-11-06T09:00:01+08:00')).told).toEqual([]);
  });

  it('the other parent is reminded once a case', () => {
    const asked = { holds: ['parent_confirmation' as const] };
    const given = heldCase(asked, asked, { ...asked, newbornIndex: 1 }, { ...asked, newbornIndex: 1 });
    const first = passed(given, 'step-2', NOW + 7 * DAY_MS);
    expect(first.told).toEqual(['null:confirmation_reminder']);
    for (const stepId of ['step-0', 'step-1', 'step-3']) {
      expect(passed(first.state, stepId, NOW + 7 * DAY_MS + 1).told).toEqual([]);
    }
  });

  it('every open step wakes for what its newborn or its case waits for', () => {
    const given = heldCase({ holds: ['hospital_record_missing'] }, { state: 'accepted', sentGeneration: 1 });
    const { state } = passed(given, 'step-1', NOW + 23 * HOUR_MS);
    const alarm = NOW + 24 * HOUR_MS;
    expect(state.work.find(({ stepId, kind }) => stepId === 'step-1' && kind === 'DEADLINE')?.dueAt).toBe(alarm);
  });

  it.each([
    [
      'promise_yellow',
      {
        promise: { startedOn: MONDAY, pausedOn: null, pausedWorkingDays: 0, estimated: false },
        promisedOn: '2026-11-05',
      },
      '2026-11-04',
    ],
    [
      'promise_red',
      {
        promise: { startedOn: MONDAY, pausedOn: null, pausedWorkingDays: 0, estimated: false },
        promisedOn: '2026-11-03',
      },
      '2026-11-04',
    ],
    ['statutory_yellow_20', { statutory: month('household_one_month') }, '2026-11-19'],
    ['statutory_red', { statutory: month('household_one_month') }, '2026-11-29'],
  ])('%s is said on its day and not again', (name, changes, day) => {
    const given = withDeadlines(standing('accepted', changes));
    const midnight = Date.parse(`${day}T00:00:00+08:00`);
    expect(passed(given, STEP, midnight - 1).told).not.toContain(`0:${name}`);
    const told = passed(given, STEP, midnight);
    expect(told.told).toContain(`0:${name}`);
    expect(passed(told.state, STEP, midnight + 1).told).toEqual([]);
  });
});
