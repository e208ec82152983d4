import type { StepRecord } from '../case-state';
import type { StepState } from '../vocabulary';
import type { CaseEvent } from './case-event';
import { decide } from './decide';
import { answered, contextOf, standing, STEP } from './model/model-case.spec-support';

const ALL = ['stuck', 'worklist', 'verification', 'withdrawal', 'data_mismatch', 'supervision', 'deemed_acceptance'];
const VERIFYING = { reason: 'verifying', owner: 'clerk', source: 'counter' } as const;
const OVERDUE = { reason: 'correction_overdue', owner: 'clerk' } as const;
const WITHDRAWING = { withdrawalRequestedAt: 1 };
const at = <T extends CaseEvent['type']>(type: T, more: object = {}) => ({ type, stepId: STEP, ...more }) as CaseEvent;

type Row = [name: string, given: [StepState, Partial<StepRecord>?], event: CaseEvent, closes: string[]];

describe('tasks end with what they were about', () => {
  it.each<Row>([
    ['the step ends', ['accepted'], answered('completed'), [...ALL, 'paper']],
    ['a correction is answered: the office is asked anew', ['correction_needed'], at('corrected', { ways: [] }), ALL],
    ['a correction is answered late', ['correction_needed', OVERDUE], at('corrected', { ways: [] }), ALL],
    ['the family applies again', ['rejected'], at('reapplied'), ALL],
    ['the office goes on after a correction ran out', ['correction_needed', OVERDUE], answered('accepted'), ['stuck']],
    ['a clerk retries: its office still has the worklist', ['stuck'], at('clerk_retried'), ['stuck']],
    ['an answer finds a stuck step', ['stuck'], answered('accepted'), ['stuck']],
    [
      'what the family reported is not so',
      ['accepted', VERIFYING],
      at('clerk_verified', { confirmed: false }),
      ['verification'],
    ],
    ['a withdrawal is refused', ['accepted', WITHDRAWING], answered('withdrawal_refused'), ['withdrawal']],
    ['one interim word follows another', ['accepted'], answered('suspended'), []],
    ['a correction is asked for: the office keeps its task', ['accepted'], answered('correction_needed'), []],
  ])('%s', (_name, [state, changes], event, kinds) => {
    const { closeTasks } = decide(standing(state, changes), event, contextOf());
    const own = closeTasks.filter(({ stepId }) => stepId === STEP);
    expect(own).toEqual(kinds.length === 0 ? [] : [{ stepId: STEP, kinds }]);
  });

  it('a conflict outlives the step unless a clerk settled it', () => {
    const conflict = standing('stuck', { reason: 'conflict', owner: 'clerk' });
    const ended = decide(conflict, answered('completed'), contextOf()).closeTasks.flatMap(({ kinds }) => kinds);
    expect(ended).not.toContain('conflict');
    const taken = decide(conflict, at('clerk_resolved', { decision: 'older_result_taken' }), contextOf());
    expect(taken.closeTasks.flatMap(({ kinds }) => kinds)).toContain('conflict');
  });
});
