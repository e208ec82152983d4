import type { CaseState, StepRecord } from '../case-state';
import type { AnswerKind } from '../vocabulary';
import type { CaseEvent } from './case-event';
import { type Decision, decide } from './decide';
import { answered, caseOf, contextOf, NOW, standing, STEP, stepIn } from './model/model-case.spec-support';

const at = (text: string): number => Date.parse(`${text}+08:00`);
const decided = (given: CaseState, event: CaseEvent, now: number): Decision =>
  decide(given, event, contextOf(undefined, { now }));

/** Its DEADLINE comes due and a worker has taken it. */
function fired(given: CaseState, now: number): Decision {
  const work = given.work.map((row) =>
    row.kind === 'DEADLINE' && row.stepId === STEP ? { ...row, leaseToken: 'lease' } : row,
  );
  return decided({ ...given, work }, { type: 'deadline_fired', stepId: STEP, leaseToken: 'lease' }, now);
}
const duty = ({ state }: Decision) => stepIn(state).duty;

// 2026-11-02 is a monday; the calendar knows no holidays
const accepted = (): CaseState => decided(standing('queued', { sentGeneration: 1 }), answered('accepted'), NOW).state;
const LATE = at('2026-11-05T00:00:00');
const LATER = at('2026-11-07T00:00:00');
const withDeputy = (): CaseState => fired(accepted(), LATE).state;
const withCoordinator = (): CaseState => fired(withDeputy(), LATER).state;

describe('P2: an office that lets its limit pass', () => {
  it.each<[string, Partial<StepRecord>, string | null]>([
    ['two working days after it got the step', {}, '2026-11-05T00:00:00'],
    [
      'the promise where it is longer',
      { promise: { startedOn: '2026-11-02', pausedOn: null, pausedWorkingDays: 5, estimated: false } },
      '2026-11-11T00:00:00',
    ],
    ['none for an agency outside the county', { officeKind: 'outside_agency' }, null],
  ])('has a limit: %s', (_name, changes, expected) => {
    const decision = decided(standing('queued', { sentGeneration: 1, ...changes }), answered('accepted'), NOW);
    expect(duty(decision)).toEqual(expected === null ? null : { since: NOW, with: 'office', dueAt: at(expected) });
  });

  it('before it nothing happens, and the engine looks again at the limit', () => {
    const before = fired(accepted(), LATE - 1);
    expect(before.openTasks).toEqual([]);
    expect(before.state.work.find(({ kind, stepId }) => kind === 'DEADLINE' && stepId === STEP)?.dueAt).toBe(LATE);
  });

  it('then its deputy has a task and a working day, and the step stays where it stands', () => {
    const decision = fired(accepted(), LATE);
    const dueAt = at('2026-11-07T00:00:00');
    expect(duty(decision)).toEqual({ since: NOW, with: 'deputy', dueAt });
    expect(decision.openTasks).toEqual([{ stepId: STEP, kind: 'office_overdue', reason: 'deputy', dueAt }]);
    expect(stepIn(decision.state)).toMatchObject({
      state: 'accepted',
      reason: 'in_progress',
      owner: 'agency',
      version: 2,
    });
    expect(decision.history.map(({ type }) => type)).toContain('overdue_escalated');
  });

  it('then the county coordinator, in the deputy’s place, over the weekend', () => {
    const decision = fired(withDeputy(), LATER);
    const dueAt = at('2026-11-10T00:00:00');
    expect(duty(decision)).toEqual({ since: NOW, with: 'coordinator', dueAt });
    expect(decision.closeTasks).toEqual([{ stepId: STEP, kinds: ['office_overdue'] }]);
    expect(decision.openTasks).toEqual([{ stepId: STEP, kind: 'office_overdue', reason: 'coordinator', dueAt }]);
  });

  it.each([
    ['the deputy', withDeputy, LATE],
    ['the coordinator', withCoordinator, LATER],
    ['the coordinator, long after', withCoordinator, LATER + 40 * 86_400_000],
  ])('nobody is asked twice: %s', (_name, given, now) => {
    expect(fired(given(), now).openTasks).toEqual([]);
  });

  it('after a long outage of ours the deputy still has the whole time', () => {
    const decision = fired(accepted(), at('2026-11-20T15:00:00'));
    expect(duty(decision)).toMatchObject({ with: 'deputy', dueAt: at('2026-11-24T00:00:00') });
  });

  it.each<[AnswerKind]>([
    ['completed'],
    ['rejected'],
    ['correction_needed'],
    ['action_needed'],
    ['suspended'],
    ['withdrawn'],
  ])('its answer ends it: %s', (kind) => {
    const decision = decided(withCoordinator(), answered(kind, { occurredAt: LATER + 1 }), LATER + 1);
    expect(duty(decision)).toBeNull();
    expect(decision.closeTasks).toContainEqual({ stepId: STEP, kinds: ['office_overdue'] });
    expect(decision.history.map(({ type }) => type)).toContain('overdue_ended');
  });

  it('“still working on it” is no answer', () => {
    const decision = decided(withDeputy(), answered('accepted', { via: 'poll', occurredAt: LATER }), LATER);
    expect(duty(decision)).toMatchObject({ with: 'deputy' });
    expect(decision.closeTasks).toEqual([]);
  });

  it('an answer that came first leaves the timer nothing to do, and the other way round the answer ends it', () => {
    const done = decided(accepted(), answered('suspended'), LATE).state;
    expect(fired(done, LATE).openTasks).toEqual([]);
    const both = decided(fired(accepted(), LATE).state, answered('suspended'), LATE);
    expect(both.closeTasks).toEqual([{ stepId: STEP, kinds: ['office_overdue'] }]);
    expect(duty(both)).toBeNull();
  });

  it('the next word asks for the next: after the special procedure there is a new limit', () => {
    const suspended = decided(withDeputy(), answered('suspended', { occurredAt: LATER }), LATER).state;
    const back = decided(suspended, answered('accepted', { occurredAt: LATER + 1 }), LATER + 1);
    expect(duty(back)).toMatchObject({ since: LATER + 1, with: 'office' });
  });

  it('a new office has its own time, and the task of the old one’s deputy ends', () => {
    const given = withDeputy();
    const steps = given.steps.map((step) => (step.id === STEP ? { ...step, channel: 'worklist' as const } : step));
    const decision = decided(
      { ...given, steps },
      { type: 'office_assigned', stepId: STEP, officeCode: 'O2', channel: 'worklist' },
      LATER,
    );
    expect(duty(decision)).toEqual({ since: LATER, with: 'office', dueAt: at('2026-11-11T00:00:00') });
    expect(decision.closeTasks).toEqual([{ stepId: STEP, kinds: ['office_overdue'] }]);
  });

  it('an agency that cannot be reached is an office that does not answer', () => {
    const given = standing('queued', { reason: 'to_be_sent', owner: 'platform' });
    const away: CaseEvent = {
      type: 'put_off',
      stepId: STEP,
      kind: 'CALL',
      leaseToken: 'lease',
      cause: 'unavailable',
      retryAt: NOW,
      countsAsFailure: false,
      maybeSent: false,
    };
    expect(duty(decided(given, away, NOW))).toMatchObject({ with: 'office', dueAt: LATE });
    expect(duty(decided(given, { type: 'filed' }, NOW))).toBeNull();
  });

  it('a hospital that owes the record has until its last alarm, then its deputy is asked', () => {
    const waiting = standing('waiting', { holds: ['hospital_record_missing'] });
    const filed = decided(waiting, { type: 'filed' }, NOW);
    const alarm = NOW + 48 * 3_600_000;
    expect(duty(filed)).toEqual({ since: NOW, with: 'office', dueAt: alarm });
    const late = fired(filed.state, alarm);
    expect(late.openTasks).toMatchObject([
      { kind: 'office_overdue', reason: 'deputy', dueAt: at('2026-11-06T00:00:00') },
    ]);
    const came = decided(
      late.state,
      { type: 'hold_lifted', newbornIndex: 0, hold: 'hospital_record_missing' },
      alarm + 1,
    );
    expect(duty(came)).toBeNull();
    expect(came.closeTasks).toContainEqual({ stepId: STEP, kinds: ['office_overdue'] });
  });

  it('a record that the vaccination alone waits for: the coordinator at once, whose the hospital is', () => {
    const given = caseOf({
      birth_certificate: { state: 'not_applicable', reason: 'not_requested' },
      vaccination: { holds: ['hospital_record_missing'], officeKind: 'vaccination_unit' },
    });
    const filed = decided(given, { type: 'filed' }, NOW).state;
    const work = filed.work.map((row) => ({ ...row, leaseToken: 'lease' }));
    const event: CaseEvent = { type: 'deadline_fired', stepId: 'vaccination', leaseToken: 'lease' };
    const { openTasks } = decided({ ...filed, work }, event, NOW + 48 * 3_600_000);
    expect(openTasks).toMatchObject([{ stepId: 'vaccination', kind: 'office_overdue', reason: 'coordinator' }]);
  });

  it('while the certificate waits for the record too, it is asked for once', () => {
    const holds = ['hospital_record_missing'] as const;
    const { state } = decided(caseOf({ birth_certificate: { holds }, vaccination: { holds } }), { type: 'filed' }, NOW);
    expect(stepIn(state, 'vaccination')).toMatchObject({ owner: 'hospital', duty: null });
    expect(stepIn(state).duty).toMatchObject({ with: 'office' });
  });

  it('after the child’s death the certificate is still owed, and its office still asked', () => {
    const given = accepted();
    const newborns = given.newborns.map((newborn) => ({ ...newborn, deathReportedAt: NOW }));
    expect(fired({ ...given, newborns }, LATE).openTasks).toMatchObject([{ kind: 'office_overdue', reason: 'deputy' }]);
  });

  it('what waits for the family is no office’s delay', () => {
    const { state } = decided(standing('waiting'), { type: 'filed' }, NOW);
    expect(stepIn(state)).toMatchObject({ owner: 'applicant', duty: null });
  });
});
