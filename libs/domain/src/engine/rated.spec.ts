import type { CaseState } from '../case-state';
import { RATING_LEVELS, type RatingLevel } from '../rating';
import type { StepState } from '../vocabulary';
import type { Refused } from './case-event';
import { decide } from './decide';
import { caseOf, contextOf, settings, standing, STEP } from './model/model-case.spec-support';

const done = (): CaseState => standing('completed');
const rated = (level: RatingLevel) => ({ type: 'rated', level, aspects: {} }) as const;
const calledBack = (stepId: string = STEP) =>
  ({ type: 'clerk_resolved', stepId, decision: 'rating_called_back' }) as const;
const refusal = (work: () => unknown): string => {
  try {
    work();
    return 'none';
  } catch (error) {
    return (error as Refused).code;
  }
};

describe('P20: a family rates its case', () => {
  it.each<[RatingLevel, string | null]>([
    [5, null],
    [4, null],
    [3, null],
    [2, 'dissatisfied'],
    [1, 'very_dissatisfied'],
  ])('%s: a task for a bad one, and for no other', (level, reason) => {
    const { state, openTasks, changedRating } = decide(done(), rated(level), contextOf());
    // monday 2026-11-02: the fifteenth working day after it is monday 2026-11-23
    const correctBy = Date.parse('2026-11-24T00:00:00+08:00');
    const dueAt = reason === null ? null : correctBy;
    expect(changedRating).toMatchObject({ level, correctBy: dueAt, calledBackAt: null });
    expect(state.rating).toEqual(changedRating);
    expect(openTasks).toEqual(reason === null ? [] : [{ stepId: STEP, kind: 'bad_rating', reason, dueAt }]);
  });

  it('says in the history what it says, and moves no step', () => {
    const given = decide(done(), { type: 'filed' }, contextOf()).state;
    const event = { ...rated(2), aspects: { efficiency: 1, windowAttitude: 5 } } as const;
    const { state, history, changedSteps, putWork } = decide(given, event, contextOf());
    expect(history).toMatchObject([
      { type: 'rated', stepId: null, detail: { level: 2, efficiency: 1, windowAttitude: 5 } },
    ]);
    expect([state.status, changedSteps, putWork]).toEqual([given.status, [], []]);
  });

  it.each(RATING_LEVELS)('%s is the last word: no other rating follows', (level) => {
    const { state } = decide(done(), rated(level), contextOf());
    for (const other of RATING_LEVELS) {
      expect(refusal(() => decide(state, rated(other), contextOf()))).toBe('already_rated');
    }
  });

  it.each<[StepState, string]>([
    ['waiting', 'nothing_to_rate'],
    ['queued', 'nothing_to_rate'],
    ['accepted', 'nothing_to_rate'],
    ['suspended', 'nothing_to_rate'],
    ['stuck', 'nothing_to_rate'],
    ['not_applicable', 'nothing_to_rate'],
    ['completed', 'none'],
    ['rejected', 'none'],
    ['withdrawn', 'none'],
    ['cancelled', 'none'],
  ])('one step %s and all others open: %s', (state, expected) => {
    expect(refusal(() => decide(standing(state), rated(5), contextOf()))).toBe(expected);
  });

  it('is called back once, on the step of its task alone, and the task ends', () => {
    const { state } = decide(done(), rated(1), contextOf());
    const after = decide(state, calledBack(), contextOf());
    expect(after.closeTasks).toEqual([{ stepId: STEP, kinds: ['bad_rating'] }]);
    expect(after.state.rating).toMatchObject({ level: 1, calledBackAt: contextOf().now });
    expect(after.history).toMatchObject([{ type: 'rating_called_back', stepId: STEP }]);
    const codes = [
      refusal(() => decide(after.state, calledBack(), contextOf())),
      refusal(() => decide(state, calledBack('vaccination'), contextOf())),
      refusal(() => decide(done(), calledBack(), contextOf())),
      refusal(() => decide(decide(done(), rated(3), contextOf()).state, calledBack(), contextOf())),
    ];
    expect(codes).toEqual(Array(4).fill('no_bad_rating'));
  });

  it('a case without a certificate step has the task on its first one', () => {
    const given = caseOf({ vaccination: { state: 'completed' } });
    const steps = given.steps.filter(({ code }) => code !== 'birth_certificate');
    const { openTasks } = decide({ ...given, steps }, rated(1), contextOf());
    expect(openTasks).toMatchObject([{ stepId: 'vaccination', kind: 'bad_rating' }]);
  });

  it('the figure is the county’s', () => {
    const context = contextOf(undefined, { settings: { ...settings, ratingCorrectionWorkingDays: 1 } });
    const { changedRating } = decide(done(), rated(1), context);
    expect(changedRating!.correctBy).toBe(Date.parse('2026-11-04T00:00:00+08:00'));
  });
});
