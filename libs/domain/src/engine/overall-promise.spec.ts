import { workingCalendar } from '@birth/standards';
import type { CaseState, OverallPromise, StepRecord } from '../case-state';
import { overallLight, lightDates } from '../lights';
import { SERVICE_CODES, type StepCode } from '../vocabulary';
import type { CaseEvent } from './case-event';
import { decide } from './decide';
import { answered, caseOf, contextOf, rowOf, settings } from './model/model-case.spec-support';

const MONDAY = '2026-11-02';
const DAY_MS = 86_400_000;
const after = (given: CaseState, event: CaseEvent, day = MONDAY) =>
  decide(given, event, contextOf(undefined, { now: Date.parse(`${day}T15:00:00+08:00`) }));
const heard = (code: StepCode, kind: Parameters<typeof answered>[0]): CaseEvent => ({
  ...answered(kind, { stepId: code, via: 'callback' }),
  generation: null,
});
const filed = (changes: Parameters<typeof caseOf>[0] = {}) => after(caseOf(changes), { type: 'filed' }).state;
const ended = { state: 'completed', reason: 'done' } as const;
/** All but these have ended; these are at their agencies. */
const leftOf = (...codes: StepCode[]): CaseState => ({
  ...caseOf(
    Object.fromEntries(
      SERVICE_CODES.map((code) => [code, codes.includes(code) ? { state: 'accepted', sentGeneration: 1 } : ended]),
    ),
  ),
  overall: RUNNING,
});
const RUNNING: OverallPromise = {
  startedOn: MONDAY,
  promisedOn: '2026-11-09',
  pausedOn: null,
  pausedWorkingDays: 0,
  estimated: true,
  endedOn: null,
};

describe('P10: the promise of the whole', () => {
  it('runs from the filing, five working days', () => {
    expect(filed().overall).toEqual(RUNNING);
  });

  it.each<[string, Partial<StepRecord>]>([
    ['a parent is still asked', { holds: ['parent_confirmation'] }],
    ['a parent refused', { holds: ['parent_refused'] }],
  ])('is not given while %s, and runs from the day of the last confirmation', (_name, changes) => {
    const waiting = filed({ household_registration: changes });
    expect(waiting.overall).toBeNull();
    const confirmed: CaseEvent = {
      type: 'confirmation_changed',
      change: 'consent_agreed',
      parent: 'father',
      via: 'online',
      stands: 'given',
    };
    expect(after(waiting, confirmed, '2026-11-05').state.overall).toMatchObject({
      startedOn: '2026-11-05',
      promisedOn: '2026-11-12',
    });
  });

  it('a hospital that owes its record does not stop it', () => {
    expect(filed({ birth_certificate: { holds: ['hospital_record_missing'] } }).overall).toEqual(RUNNING);
  });

  it('rests while the name is undecided, from the first day', () => {
    const given = filed({ birth_certificate: { holds: ['name_undecided'] } });
    expect(given.overall).toMatchObject({ pausedOn: MONDAY });
    const named = after(given, { type: 'name_decided', newbornIndex: 0, ways: [] }, '2026-11-06').state;
    expect(named.overall).toMatchObject({ pausedOn: null, pausedWorkingDays: 4, promisedOn: '2026-11-13' });
  });

  it.each(['correction_needed', 'action_needed', 'suspended'] as const)('rests while one service is %s', (kind) => {
    const given = leftOf('household_registration', 'vaccination');
    const resting = after(given, heard('household_registration', kind), '2026-11-03').state;
    expect(resting.overall).toMatchObject({ pausedOn: '2026-11-03', promisedOn: '2026-11-09' });
    const other = after(resting, heard('vaccination', 'completed'), '2026-11-04').state;
    expect(other.overall).toEqual(resting.overall);
    const going = after(other, heard('household_registration', 'accepted'), '2026-11-05').state;
    expect(going.overall).toMatchObject({ pausedOn: null, pausedWorkingDays: 2, promisedOn: '2026-11-11' });
  });

  it.each([
    ['completed', '2026-11-09'],
    ['rejected', '2026-11-10'],
  ] as const)('ends with the last service, however that ends: %s on %s', (kind, day) => {
    const one = after(leftOf('social_security_card', 'vaccination'), heard('vaccination', 'completed')).state;
    expect(one.overall).toMatchObject({ endedOn: null });
    const { overall } = after(one, heard('social_security_card', kind), day).state;
    expect(overall).toEqual({ ...RUNNING, endedOn: day });
  });

  it('follow-ups are not among the five', () => {
    const given = caseOf(Object.fromEntries(SERVICE_CODES.map((code) => [code, ended])));
    const update = { ...given.steps[0]!, id: 'update', code: 'identity_backfill', state: 'accepted' } as StepRecord;
    const open = { ...given, steps: [...given.steps, update], overall: { ...RUNNING, endedOn: MONDAY } };
    expect(after(open, { type: 'filed' }, '2026-11-20').state.overall).toEqual(open.overall);
  });

  it.each<[string, Parameters<typeof caseOf>[0]]>([
    ['an agency elsewhere', { household_registration: { mode: 'external' } }],
    [
      'a service that nobody asked for',
      { household_registration: { state: 'not_applicable', reason: 'not_requested' } },
    ],
  ])('%s is not promised by us', (_name, changes) => {
    const others = Object.fromEntries(SERVICE_CODES.map((code) => [code, ended]));
    const given = { ...caseOf({ ...others, ...changes }), overall: RUNNING };
    expect(after(given, { type: 'filed' }, '2026-11-04').state.overall).toMatchObject({ endedOn: '2026-11-04' });
  });

  it('after the death of the only child nothing of it is promised', () => {
    const given = filed();
    const died: CaseEvent = { type: 'death_reported', newbornIndex: 0, reportedBy: 'parent' };
    expect(after(given, died).state.overall).toBeNull();
  });

  it('a re-application is promised anew, whether the others had ended or not', () => {
    for (const open of [[], ['vaccination']] as const) {
      const given = leftOf('medical_insurance', ...open);
      const refused = after(given, heard('medical_insurance', 'rejected'), '2026-11-03').state;
      const again = after(refused, { type: 'reapplied', stepId: 'medical_insurance' }, '2026-11-30').state;
      expect(again.overall).toEqual({ ...RUNNING, startedOn: '2026-11-30', promisedOn: '2026-12-07' });
    }
  });

  it('lateness is said once, whichever open step’s deadline comes first, and every one wakes for it', () => {
    const given = leftOf('vaccination', 'household_registration');
    const deadlines = given.steps.filter(({ state }) => state === 'accepted').map((step) => rowOf(step, 'DEADLINE'));
    const passed = (state: CaseState, stepId: string, now: number) =>
      decide(state, { type: 'deadline_fired', stepId, leaseToken: 'lease' }, contextOf(undefined, { now }));
    const midnight = Date.parse('2026-11-10T00:00:00+08:00');
    const told = ({ history }: ReturnType<typeof passed>) =>
      history.flatMap(({ type, newbornIndex, detail }) =>
        type === 'timer_passed' && detail['timer'] === 'overall_promise_red' ? [newbornIndex] : [],
      );
    const leased = (state: CaseState): CaseState => ({
      ...state,
      work: state.work.map((row) => ({ ...row, leaseToken: 'lease' })),
    });
    const early = passed({ ...given, work: deadlines }, 'vaccination', midnight - 1);
    expect(told(early)).toEqual([]);
    expect(early.state.work.find(({ stepId }) => stepId === 'vaccination')?.dueAt).toBe(midnight);
    const late = passed(leased(early.state), 'household_registration', midnight);
    expect(told(late)).toEqual([null]);
    expect(told(passed(leased(late.state), 'vaccination', midnight + 1))).toEqual([]);
    const paused = { ...given, work: deadlines, overall: { ...RUNNING, pausedOn: MONDAY } };
    expect(told(passed(paused, 'vaccination', midnight + 9 * DAY_MS))).toEqual([]);
  });
});

describe('P10: the light of the whole', () => {
  const calendar = workingCalendar([{ year: 2026, holidays: [], makeUpDays: [], published: true }]);

  it.each<[string, Partial<OverallPromise> | null, string, string | null]>([
    ['not given yet', null, '2026-11-20', null],
    ['two working days left', {}, '2026-11-05', 'green'],
    ['one working day left, over the weekend', {}, '2026-11-06', 'yellow'],
    ['its last day', {}, '2026-11-09', 'yellow'],
    ['past', {}, '2026-11-10', 'red'],
    ['past, but paused', { pausedOn: '2026-11-09' }, '2026-11-20', 'green'],
    ['ended', { endedOn: '2026-11-20' }, '2026-11-20', null],
  ])('%s', (_name, changes, today, light) => {
    const overall = changes && { ...RUNNING, ...changes };
    expect(overallLight(overall, lightDates(today, settings, calendar))).toBe(light);
  });

  it('a quarter of a long promise counts', () => {
    const long = { ...settings, overallPromiseWorkingDays: 20 };
    const light = (promisedOn: string) =>
      overallLight({ ...RUNNING, promisedOn }, lightDates('2026-11-02', long, calendar));
    expect([light('2026-11-09'), light('2026-11-10')]).toEqual(['yellow', 'green']);
  });
});
