import type { StepRecord } from '../case-state';
import type { AnsweredEvent } from '../engine/case-event';
import { decide } from '../engine/decide';
import { answered, contextOf, NOW, standing, STEP, stepIn } from '../engine/model/model-case.spec-support';
import { ANSWER_KINDS, type AnswerKind } from '../vocabulary';
import { ANSWERS_OF, CODE_CLASSES, type CodeClass } from './code-class';

type Stands = Pick<StepRecord, 'state' | 'reason' | 'owner'>;
type Row = [CodeClass, AnswerKind, Partial<AnsweredEvent>, Stands, tasks: string[]];
const stands = (state: Stands['state'], reason: Stands['reason'], owner: Stands['owner']): Stands => ({
  state,
  reason,
  owner,
});

/** By hand: what a code of each class makes of a step that its agency has accepted. */
const TABLE: readonly Row[] = [
  ['progress', 'accepted', {}, stands('accepted', 'in_progress', 'agency'), []],
  ['progress', 'completed', {}, stands('completed', 'done', 'platform'), []],
  ['progress', 'withdrawn', {}, stands('withdrawn', 'applicant_withdrew', 'platform'), []],
  ['correctable', 'correction_needed', {}, stands('correction_needed', 'agency_asked_correction', 'applicant'), []],
  ['family_action', 'action_needed', {}, stands('action_needed', 'agency_asked_action', 'applicant'), []],
  ['data_mismatch', 'correction_needed', {}, stands('correction_needed', 'agency_asked_correction', 'applicant'), []],
  [
    'data_mismatch',
    'suspended',
    { detail: 'coordinated_check' },
    stands('suspended', 'coordinated_check', 'agency'),
    [],
  ],
  ['business_conflict', 'action_needed', {}, stands('action_needed', 'agency_asked_action', 'applicant'), []],
  ['business_conflict', 'withdrawal_refused', {}, stands('accepted', 'in_progress', 'agency'), []],
  [
    'policy_route',
    'suspended',
    { detail: 'special_procedure' },
    stands('suspended', 'special_procedure', 'agency'),
    [],
  ],
  ['policy_route', 'action_needed', {}, stands('action_needed', 'agency_asked_action', 'applicant'), []],
  ['policy_refusal', 'rejected', {}, stands('rejected', 'agency_refused', 'applicant'), []],
  [
    'illegal_ground',
    'rejected',
    { demands: ['refusal'], wordsDiffer: true },
    stands('stuck', 'unlawful_demand', 'clerk'),
    ['supervision'],
  ],
];

const accepted = (changes: Partial<StepRecord> = {}) =>
  standing('accepted', { reason: 'in_progress', owner: 'agency', sentGeneration: 1, hasReceipt: true, ...changes });

describe('what a code does to a step, by its class', () => {
  it.each(TABLE)('%s: %s', (...[, kind, said, expected, tasks]) => {
    const given = accepted(kind === 'withdrawn' ? { withdrawalRequestedAt: NOW - 1 } : {});
    const { state, openTasks } = decide(given, answered(kind, said), contextOf());
    expect(stepIn(state)).toMatchObject(expected);
    expect(openTasks.map((task) => task.kind)).toEqual(tasks);
  });

  it('technical: no answer at all; a clerk has the step, with the code, and the agency is still asked', () => {
    const given = accepted();
    const work = [{ ...given.work[0]!, kind: 'POLL' as const, stepId: STEP, leaseToken: 'lease', leaseUntil: NOW + 1 }];
    const broken = { stepId: STEP, kind: 'POLL', leaseToken: 'lease', field: 'name', retryAt: NOW + 9 } as const;
    const event = { ...broken, type: 'contract_broken', code: 'code=1003' } as const;
    const { state, history, openTasks } = decide({ ...given, work }, event, contextOf());
    expect(stepIn(state)).toMatchObject(stands('stuck', 'contract_broken', 'clerk'));
    expect(history).toContainEqual(
      expect.objectContaining({ type: 'contract_broken', detail: { field: 'name', code: 'code=1003', call: 'POLL' } }),
    );
    expect(openTasks).toMatchObject([{ kind: 'stuck', reason: 'contract_broken' }]);
    expect(state.work.map(({ kind }) => kind)).toContain('POLL');
  });

  it('the table has every class with each of its answers, and each answer has a class', () => {
    const rows = CODE_CLASSES.map((of) => [of, TABLE.flatMap(([name, kind]) => (name === of ? [kind] : []))]);
    expect(Object.fromEntries(rows)).toEqual(ANSWERS_OF);
    expect(new Set(Object.values(ANSWERS_OF).flat())).toEqual(new Set(ANSWER_KINDS));
  });
});
