import { startOfDayMs } from '@birth/standards';
import type { CaseState, StepRecord } from '../case-state';
import type { StepCode } from '../vocabulary';
import type { AnsweredEvent, CaseEvent } from './case-event';
import { decide, type Decision } from './decide';
import { insuranceNotices } from './insurance-offer';
import { answered, caseOf, contextOf, NOW, rowOf, settings, stepIn } from './model/model-case.spec-support';

const HOUR_MS = 3_600_000;
/** Born on 30 October. */
const DAY_45 = startOfDayMs('2026-12-14') + 9 * HOUR_MS;
const NINETY = {
  rule: 'insurance_ninety_days',
  dueAt: '2027-01-28',
  safeAt: '2027-01-27',
  estimated: false,
  lateOnArrival: false,
  metBy: null,
  metAt: null,
} as const;
const DONE = { state: 'completed', reason: 'done', sentGeneration: 1 } as const;
const SENT = { state: 'accepted', reason: 'in_progress', sentGeneration: 1, hasReceipt: true } as const;
const SUSPENDED = { ...SENT, state: 'suspended', reason: 'special_procedure' } as const;
type Steps = Partial<Record<StepCode, Partial<StepRecord>>>;

const caseWith = (steps: Steps = {}): CaseState =>
  caseOf({
    birth_certificate: DONE,
    vaccination: DONE,
    household_registration: SENT,
    ...steps,
    medical_insurance: { statutory: NINETY, ...steps.medical_insurance },
  });
const noticesAt = (state: CaseState, now: number) =>
  insuranceNotices(stepIn(state, 'medical_insurance'), state, { settings, now });
const ofHousehold = (kind: AnsweredEvent['kind'], more: Partial<AnsweredEvent> = {}): CaseEvent =>
  answered(kind, { stepId: 'household_registration', ...more });
const told = ({ history }: Decision) =>
  history.filter(({ type }) => type === 'certificate_basis_offered').map(({ detail }) => detail['ground']);

describe('P11: enrolment on the certificate is offered', () => {
  it.each<[string, Steps, number, string | null]>([
    ['while the household step goes on', {}, NOW, null],
    ['while it is suspended', { household_registration: SUSPENDED }, NOW, 'household_suspended'],
    [
      'while it waits for paper',
      { household_registration: { ...SENT, reason: 'waiting_for_paper' } },
      NOW,
      'paper_awaited',
    ],
    ['in the evening before day 45', {}, DAY_45 - 1, null],
    ['from the morning of day 45', {}, DAY_45, 'day_reached'],
    ['until its last day', {}, startOfDayMs('2027-01-29') - 1, 'day_reached'],
    ['not after that', {}, startOfDayMs('2027-01-29'), null],
    ['not where it is enrolled on it anyway', { medical_insurance: { basis: 'birth_certificate' } }, DAY_45, null],
    ['not where it is enrolled', { medical_insurance: { state: 'completed' } }, DAY_45, null],
    ['not where it is enrolled elsewhere', { medical_insurance: { mode: 'external' } }, DAY_45, null],
    ['not where no certificate comes', { birth_certificate: { state: 'rejected' } }, DAY_45, null],
    ['where the certificate is still under way', { birth_certificate: SENT }, DAY_45, 'day_reached'],
  ])('%s', (_name, steps, now, ground) => {
    const offered = noticesAt(caseWith(steps), now).filter(({ code }) => code === 'certificate_basis_offered');
    expect(offered.map((notice) => [notice.ground, notice.until])).toEqual(
      ground === null ? [] : [[ground, '2027-01-27']],
    );
  });

  it.each<[string, Steps, string | null]>([
    ['at once', {}, 'baby_in_hospital'],
    ['before any other ground', { household_registration: SUSPENDED }, 'baby_in_hospital'],
    [
      'not where the number has only to be looked up',
      { household_registration: { ...SENT, mode: 'already_done' } },
      null,
    ],
    ['not where no certificate comes', { birth_certificate: { state: 'rejected' } }, null],
    ['not where it is enrolled on it anyway', { medical_insurance: { basis: 'birth_certificate' } }, null],
  ])('while the hospital says that it treats the child: %s', (_name, steps, ground) => {
    const given = caseWith(steps);
    const treated = { ...given, newborns: given.newborns.map((one) => ({ ...one, inHospital: true })) };
    expect(noticesAt(treated, NOW).map((notice) => notice.ground)).toEqual(ground === null ? [] : [ground]);
  });

  it('from the hospital’s word that it treats the child until its word that it does so no more', () => {
    const says = (state: CaseState, inHospital: boolean) =>
      decide(state, { type: 'hospital_stay_told', newbornIndex: 0, inHospital }, contextOf());
    const began = says(caseWith(), true);
    expect([told(began), began.history.map(({ type }) => type)]).toEqual([
      ['baby_in_hospital'],
      ['hospital_stay_began', 'certificate_basis_offered'],
    ]);
    const again = says(began.state, true);
    expect([again.disposition, again.history, again.changedNewborns]).toEqual(['recorded', [], []]);
    const ended = says(began.state, false);
    expect([ended.history.map(({ type }) => type), noticesAt(ended.state, NOW)]).toEqual([['hospital_stay_ended'], []]);
  });

  it('not after a death', () => {
    const given = caseWith({ household_registration: SUSPENDED });
    const died = { ...given, newborns: given.newborns.map((one) => ({ ...one, deathReportedAt: NOW })) };
    expect(noticesAt(died, NOW)).toEqual([]);
  });

  it('the timeline says once that it began, with the last word it goes, and begun anew it is told anew', () => {
    const words = { wordsDiffer: true, occurredAt: NOW };
    const first = decide(caseWith(), ofHousehold('suspended', { detail: 'special_procedure', ...words }), contextOf());
    expect(told(first)).toEqual(['household_suspended']);
    const again = { ...words, sequence: 2 };
    const second = decide(
      first.state,
      ofHousehold('suspended', { detail: 'coordinated_check', ...again }),
      contextOf(),
    );
    expect(told(second)).toEqual([]);
    const resumed = decide(second.state, ofHousehold('accepted', { occurredAt: NOW, sequence: 3 }), contextOf());
    expect([told(resumed), noticesAt(resumed.state, NOW)]).toEqual([[], []]);
    const third = decide(
      resumed.state,
      ofHousehold('suspended', { detail: 'special_procedure', ...words, sequence: 4 }),
      contextOf(),
    );
    expect(told(third)).toEqual(['household_suspended']);
  });

  it('day 45 is told once, by whichever timer fires', () => {
    const given = caseWith();
    const fired = (state: CaseState, now: number): Decision =>
      decide(
        { ...state, work: [rowOf(stepIn(state, 'medical_insurance'), 'DEADLINE')] },
        { type: 'deadline_fired', stepId: 'medical_insurance', leaseToken: 'lease' },
        contextOf(undefined, { now }),
      );
    expect(told(fired(given, DAY_45 - 1))).toEqual([]);
    const first = fired(given, DAY_45);
    expect(told(first)).toEqual(['day_reached']);
    expect(told(fired(first.state, DAY_45 + HOUR_MS))).toEqual([]);
  });

  it('is told at filing where it holds at once', () => {
    const late = contextOf(undefined, { now: DAY_45 });
    const given = caseWith({ household_registration: {} });
    const filed = { ...given, newborns: given.newborns.map((one) => ({ ...one, timersFiredUntil: DAY_45 })) };
    expect(told(decide(filed, { type: 'filed' }, late))).toEqual(['day_reached']);
  });

  it('accepted, it goes on with the certificate and is offered no more', () => {
    const switched: CaseEvent = { type: 'basis_switched', stepId: 'medical_insurance', basis: 'birth_certificate' };
    const { state } = decide(caseWith({ household_registration: SUSPENDED }), switched, contextOf());
    expect(stepIn(state, 'medical_insurance')).toMatchObject({ state: 'queued', basis: 'birth_certificate' });
    expect(stepIn(state, 'insurance_identity_update')).toBeDefined();
    expect(noticesAt(state, NOW)).toEqual([]);
  });

  it.each(['rejected', 'withdrawn'] as const)('cannot be taken where the certificate is %s', (state) => {
    const given = caseWith({ birth_certificate: { state }, household_registration: { mode: 'already_done' } });
    const switched: CaseEvent = { type: 'basis_switched', stepId: 'medical_insurance', basis: 'birth_certificate' };
    expect(() => decide(given, switched, contextOf())).toThrow('basis_cannot_change_now');
  });
});

describe('P6: insurance at risk while the name is undecided', () => {
  const unnamed = caseWith({
    birth_certificate: { state: 'waiting', holds: ['name_undecided'] },
    household_registration: {},
  });
  const codes = (now: number) => noticesAt(unnamed, now).map(({ code }) => code);

  it('is shown from day 45', () => {
    expect(codes(DAY_45 - 1)).toEqual([]);
    expect(codes(DAY_45)).toEqual(['certificate_basis_offered', 'insurance_at_risk']);
  });

  it('is reminded once, with the other reminders of the name before it', () => {
    let state = unnamed;
    const timers: unknown[] = [];
    for (const now of [DAY_45 - HOUR_MS, DAY_45, DAY_45 + 24 * HOUR_MS]) {
      const decision = decide(
        { ...state, work: [rowOf(stepIn(state, 'medical_insurance'), 'DEADLINE')] },
        { type: 'deadline_fired', stepId: 'medical_insurance', leaseToken: 'lease' },
        contextOf(undefined, { now }),
      );
      timers.push(...decision.history.map(({ detail }) => detail['timer']));
      state = decision.state;
    }
    expect(timers.filter((timer) => timer === 'insurance_at_risk')).toHaveLength(1);
    expect(timers.filter((timer) => timer === 'name_reminder_20')).toHaveLength(1);
  });
});
