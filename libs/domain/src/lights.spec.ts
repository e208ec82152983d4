import { toShanghaiDate, workingCalendar } from '@birth/standards';
import type { StepRecord } from './case-state';
import { isBreached, lightDates, lightOf } from './lights';
import { STEP_CODES } from './vocabulary';

// a Wednesday; weekends alone are free
const TODAY = '2026-11-25';
const calendar = workingCalendar([{ year: 2026, holidays: [], makeUpDays: [], published: true }]);
const steps = (promiseWorkingDays: number) =>
  Object.fromEntries(STEP_CODES.map((code) => [code, { promiseWorkingDays }])) as never;
const settings = (promiseWorkingDays: number) => ({
  steps: steps(promiseWorkingDays),
  overallPromiseWorkingDays: 5,
  deliveryWorkingDays: promiseWorkingDays,
  cardDeliveryWorkingDays: 10,
  monthYellowDay: 20,
  ninetyDaysYellowDays: [60, 75],
  promiseYellow: { workingDays: 1, percent: 25 },
});

type Clocks = Partial<Pick<StepRecord, 'state' | 'promisedOn' | 'promise' | 'statutory'>>;
const STEP = {
  code: 'household_registration',
  qualifier: '',
  state: 'accepted',
  promise: null,
  promisedOn: null,
  statutory: null,
} as const;
const RUNNING = { startedOn: '2026-11-20', pausedOn: null, pausedWorkingDays: 0, estimated: false };
const promised = (promisedOn: string): Clocks => ({ promise: RUNNING, promisedOn });
const limited = (rule: NonNullable<StepRecord['statutory']>['rule'], safeAt: string, metAt: number | null = null) => ({
  statutory: {
    rule,
    dueAt: safeAt,
    safeAt,
    estimated: false,
    lateOnArrival: false,
    metBy: metAt === null ? null : ('declared' as const),
    metAt,
  },
});
const light = (clocks: Clocks, bornOn = TODAY, promiseWorkingDays = 2) =>
  lightOf({ ...STEP, ...clocks }, bornOn, lightDates(TODAY, settings(promiseWorkingDays), calendar));

describe('P10: the light of a step', () => {
  it.each<[string, Clocks, string | null]>([
    ['no clock runs', {}, 'green'],
    ['promised for yesterday', promised('2026-11-24'), 'red'],
    ['promised for today', promised('2026-11-25'), 'yellow'],
    ['one working day left', promised('2026-11-26'), 'yellow'],
    ['two working days left', promised('2026-11-27'), 'green'],
    [
      'past, but paused by the family',
      { ...promised('2026-11-20'), promise: { ...RUNNING, pausedOn: TODAY } },
      'green',
    ],
    ['past, but ended', { ...promised('2026-11-20'), state: 'completed' }, null],
    ['the safe day has begun', limited('household_one_month', TODAY), 'red'],
    ['the safe day is tomorrow, the child is young', limited('household_one_month', '2026-11-26'), 'green'],
    ['the limit was met', limited('household_one_month', '2026-11-01', 1), 'green'],
  ])('%s', (_name, clocks, expected) => {
    expect(light(clocks)).toBe(expected);
  });

  it.each([
    ['household_one_month', '2026-11-05', 'yellow'],
    ['household_one_month', '2026-11-06', 'green'],
    ['vaccination_one_month', '2026-11-05', 'yellow'],
    ['vaccination_one_month', '2026-11-06', 'green'],
    ['insurance_ninety_days', '2026-09-26', 'yellow'],
    ['insurance_ninety_days', '2026-09-27', 'green'],
    ['insurance_ninety_days', '2026-09-11', 'yellow'],
  ] as const)('%s of a child born on %s, D+20 or D+60 or not, is %s', (rule, bornOn, expected) => {
    expect(light(limited(rule, '2026-12-31'), bornOn)).toBe(expected);
  });

  it.each([
    ['2026-12-29T23:59:59.999+08:00', 'yellow'],
    ['2026-12-30T00:00:00.000+08:00', 'red'],
  ])('red from midnight in Shanghai of the safe date: at %s %s', (moment, expected) => {
    const dates = lightDates(toShanghaiDate(Date.parse(moment)), settings(2), calendar);
    const clocks = limited('household_one_month', '2026-12-30');
    expect(lightOf({ ...STEP, ...clocks }, '2026-12-01', dates)).toBe(expected);
  });

  it('a limit that was past at the filing is red and no breach of an agency’s', () => {
    const late = { ...limited('household_one_month', '2026-10-01').statutory, lateOnArrival: true };
    expect(light({ statutory: late })).toBe('red');
    expect(isBreached(late, TODAY)).toBe(false);
  });

  it.each([
    ['2026-11-24', null, true],
    ['2026-11-25', null, false],
    ['2026-11-24', 1, false],
  ])('due on %s, met at %s: a breach %s', (dueAt, metAt, expected) => {
    const { statutory } = limited('household_one_month', dueAt, metAt);
    expect(isBreached(statutory, TODAY)).toBe(expected);
  });

  it('a quarter of a long promise counts where it is more than the days', () => {
    expect(light(promised('2026-12-02'), TODAY, 20)).toBe('yellow');
    expect(light(promised('2026-12-03'), TODAY, 20)).toBe('green');
  });

  it('a weekend does not count as left', () => {
    const dates = lightDates('2026-11-27', settings(2), calendar);
    expect(dates.promise.household_registration).toBe('2026-11-30');
  });
});
