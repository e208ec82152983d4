import type { Demand } from '../decoupling/forbidden-demands';
import type { CaseState, StepRecord } from '../case-state';
import type { AnswerKind, StepState } from '../vocabulary';
import type { AnsweredEvent, DemandDecision } from './case-event';
import { decide } from './decide';
import { answered, contextOf, NOW, settings, standing, stepIn, STEP } from './model/model-case.spec-support';
import { owedWork } from './owed-work';

const PERMIT: Partial<AnsweredEvent> = { demands: ['birth_permit'], wordsDiffer: true };
const SENT = { sentGeneration: 1, hasReceipt: true };
const HELD = { ...SENT, reason: 'unlawful_demand', owner: 'clerk' } as const;
const QUERIED = { agencyClass: 'B', hasCheck: true, hasWithdraw: true } as const;
const SILENT = { agencyClass: 'C', hasCheck: false, hasWithdraw: false } as const;
const held = (changes: Partial<StepRecord> = {}) => standing('stuck', { ...HELD, ...changes });
const decided = (decision: DemandDecision, kind: AnswerKind | null) =>
  ({ type: 'demand_decided', stepId: STEP, decision, held: kind === null ? null : answered(kind) }) as const;

describe('P8: words that ask for a forbidden paper', () => {
  it.each<[StepState, AnswerKind]>([
    ['queued', 'correction_needed'],
    ['accepted', 'correction_needed'],
    ['accepted', 'action_needed'],
    ['accepted', 'suspended'],
    ['accepted', 'rejected'],
    ['correction_needed', 'rejected'],
  ])('%s: %s is held back, and neither asks the family nor ends the step', (state, kind) => {
    const { state: after, history, openTasks } = decide(standing(state, SENT), answered(kind, PERMIT), contextOf());
    expect(stepIn(after)).toMatchObject({ state: 'stuck', reason: 'unlawful_demand', owner: 'clerk' });
    expect(stepIn(after).correctionDueAt).toBeNull();
    expect(history.map(({ type }) => type)).toEqual(expect.arrayContaining(['demand_found', 'held_back']));
    expect(openTasks).toEqual([
      { stepId: STEP, kind: 'supervision', reason: 'birth_permit', dueAt: expect.any(Number) },
    ]);
    expect(owedWork(stepIn(after))).toEqual(expect.arrayContaining(['DEADLINE', 'POLL']));
  });

  it('the coordinator answers by the end of the next working day, and the promise runs on', () => {
    const promise = { startedOn: '2026-11-02', pausedOn: '2026-11-03', pausedWorkingDays: 0, estimated: false };
    const given = standing('correction_needed', { ...SENT, promise, promisedOn: '2026-11-03' });
    const { state, openTasks } = decide(given, answered('correction_needed', PERMIT), contextOf());
    expect(stepIn(state).promise?.pausedOn).toBeNull();
    const [task] = openTasks;
    expect(task!.dueAt).toBeGreaterThan(NOW);
    expect(new Date(task!.dueAt! + 8 * 3_600_000).toISOString()).toMatch(/T00:00:00/);
  });

  it('said again they are the same words; other forbidden words are a new task', () => {
    const again = decide(held(), answered('rejected', { ...PERMIT, wordsDiffer: false, via: 'poll' }), contextOf());
    const own = again.history.filter(({ stepId }) => stepId === STEP);
    expect([again.disposition, again.openTasks, own]).toEqual(['recorded', [], []]);
    const demands: Demand[] = ['maintenance_fee'];
    const other = decide(held(), answered('rejected', { demands, wordsDiffer: true }), contextOf());
    expect(other.openTasks).toMatchObject([{ kind: 'supervision', reason: 'maintenance_fee' }]);
  });

  it('do not stop a withdrawal that is refused, and leave a contradiction to its own clerk', () => {
    const asked = standing('accepted', { ...SENT, withdrawalRequestedAt: NOW - 1 });
    const refused = decide(asked, answered('withdrawal_refused', PERMIT), contextOf());
    expect(stepIn(refused.state)).toMatchObject({ state: 'accepted', withdrawalRequestedAt: null });
    const conflict = standing('stuck', { ...SENT, reason: 'conflict', owner: 'clerk' });
    const said = decide(conflict, answered('rejected', PERMIT), contextOf());
    expect(stepIn(said.state)).toMatchObject({ state: 'stuck', reason: 'conflict' });
    for (const { openTasks } of [refused, said]) expect(openTasks).toMatchObject([{ kind: 'supervision' }]);
  });

  it('a late reply "accepted" does not bring the step out; the agency’s own later word does, and ends the task', () => {
    const late = decide(held(), answered('accepted', { via: 'reply' }), contextOf());
    expect(stepIn(late.state).reason).toBe('unlawful_demand');
    for (const kind of ['accepted', 'completed'] as const) {
      const later = decide(held(), answered(kind, { via: 'poll' }), contextOf());
      expect(stepIn(later.state).state).toBe(kind);
      expect(later.closeTasks.flatMap(({ kinds }) => kinds)).toContain('supervision');
    }
  });
});

describe('P8: a refusal of what nobody may be refused (疫苗管理法 art. 47)', () => {
  const protectedStep = { ...settings.steps[STEP], mayBeRefused: false };
  const context = contextOf(undefined, {
    settings: { ...settings, steps: { ...settings.steps, [STEP]: protectedStep } },
  });
  const refusal = (more: Partial<AnsweredEvent> = {}) => answered('rejected', { wordsDiffer: true, ...more });

  it.each<StepState>(['queued', 'accepted', 'action_needed', 'suspended'])(
    '%s: ends nothing, and is a task',
    (state) => {
      const { state: after, openTasks } = decide(standing(state, SENT), refusal(), context);
      expect(stepIn(after)).toMatchObject({ state: 'stuck', reason: 'unlawful_demand', owner: 'clerk' });
      expect(openTasks).toMatchObject([{ kind: 'supervision', reason: 'refusal' }]);
    },
  );

  it('with a forbidden ground as well is a task for each', () => {
    const { openTasks } = decide(standing('accepted', SENT), refusal(PERMIT), context);
    expect(openTasks.map(({ reason }) => reason)).toEqual(['birth_permit', 'refusal']);
  });

  it('overruled, the step is sent once more; any other step may be refused', () => {
    const { state } = decide(held(), decided('overruled', 'rejected'), context);
    expect(stepIn(state)).toMatchObject({ state: 'queued', generation: 2 });
    expect(stepIn(decide(standing('accepted', SENT), refusal(), contextOf()).state).state).toBe('rejected');
  });
});

describe('P8: the coordinator decides', () => {
  it('what the agency goes on with is promised from then, where its first word was the demand', () => {
    const { state } = decide(held(), decided('overruled', 'suspended'), contextOf());
    expect(stepIn(state)).toMatchObject({ state: 'accepted', promise: { startedOn: '2026-11-02', pausedOn: null } });
  });

  it.each<[AnswerKind, StepState]>([
    ['correction_needed', 'correction_needed'],
    ['action_needed', 'action_needed'],
    ['suspended', 'suspended'],
    ['rejected', 'rejected'],
  ])('released: %s counts as it was said', (kind, state) => {
    const { state: after, closeTasks } = decide(held(), decided('released', kind), contextOf());
    expect(stepIn(after).state).toBe(state);
    expect(closeTasks.flatMap(({ kinds }) => kinds)).toContain('supervision');
  });

  it.each([
    ['rejected', QUERIED, 'queued', 2],
    ['correction_needed', QUERIED, 'queued', 2],
    ['action_needed', QUERIED, 'accepted', 1],
    ['suspended', QUERIED, 'accepted', 1],
    ['suspended', SILENT, 'queued', 2],
  ] as const)('overruled: after %s the agency goes on without the paper', (kind, profile, state, generation) => {
    const { state: after, history } = decide(held(), decided('overruled', kind), contextOf(profile));
    expect(stepIn(after)).toMatchObject({ state, generation });
    expect(history.map(({ type }) => type)).toContain('demand_overruled');
  });

  it('overruled while the family withdraws: nothing is sent any more', () => {
    const given = held({ withdrawalRequestedAt: NOW - 1 });
    const { state } = decide(given, decided('overruled', 'rejected'), contextOf());
    expect(stepIn(state)).toMatchObject({ state: 'accepted', generation: 1 });
  });

  it('only what is held back, and no retry goes round it', () => {
    const accepted = standing('accepted', SENT);
    expect(() => decide(accepted, decided('overruled', 'rejected'), contextOf())).toThrow('no_demand_held');
    const retried = { type: 'clerk_retried', stepId: STEP, evidenceNotSent: true } as const;
    expect(() => decide(held(), retried, contextOf())).toThrow('demand_needs_decision');
  });
});

/** As it stands once the engine has looked at who owes an answer. */
const watched = (given: CaseState): CaseState => decide(given, { type: 'filed' }, contextOf()).state;

describe('P8: a demand that the family tells of', () => {
  const reported = { type: 'demand_reported', stepId: STEP, demand: 'marriage_certificate' } as const;

  it.each<StepState>(['accepted', 'action_needed', 'completed', 'rejected'])(
    '%s: a task, and the step goes on',
    (state) => {
      const given = watched(standing(state, SENT));
      const { state: after, openTasks, history } = decide(given, reported, contextOf());
      expect(stepIn(after)).toEqual(stepIn(given));
      expect(openTasks).toMatchObject([{ kind: 'demand_report', reason: 'marriage_certificate' }]);
      expect(history.map(({ type }) => type)).toContain('demand_reported');
    },
  );

  it('is answered without touching the step', () => {
    const given = watched(standing('accepted', SENT));
    const { state, closeTasks, history } = decide(given, decided('overruled', null), contextOf());
    expect(stepIn(state)).toEqual(stepIn(given));
    expect(closeTasks).toEqual([{ stepId: STEP, kinds: ['supervision', 'demand_report'] }]);
    expect(history.map(({ type }) => type)).toContain('demand_overruled');
  });
});
