import type { AgencyProfile } from '../agency-profiles';
import type { CaseState, StepRecord } from '../case-state';
import type { StepState } from '../vocabulary';
import type { CaseEvent } from './case-event';
import { decide } from './decide';
import { answered, contextOf, kindsOf, NOW, standing, stepIn, STEP } from './model/model-case.spec-support';

const CALLED: AgencyProfile = { agencyClass: 'B', hasCheck: true, hasWithdraw: true };
const UNCALLED: AgencyProfile = { agencyClass: 'B', hasCheck: true, hasWithdraw: false };
const DAY_MS = 86_400_000;
const requested: CaseEvent = { type: 'withdrawal_requested', stepId: STEP };
const resolved = (decision: 'withdrawal_confirmed' | 'withdrawal_refused'): CaseEvent => ({
  type: 'clerk_resolved',
  stepId: STEP,
  decision,
});
const failed = (kind: 'POLL' | 'WITHDRAW' | 'CALL', countsAsFailure = true): CaseEvent => ({
  type: 'put_off',
  stepId: STEP,
  kind,
  leaseToken: 'lease',
  cause: 'unavailable',
  retryAt: NOW + 1000,
  countsAsFailure,
  maybeSent: false,
});

/** The row has failed so often that one more time is too many. */
const nearlySpent = (given: CaseState): CaseState => ({
  ...given,
  work: given.work.map((row) => ({ ...row, failures: 9, leaseToken: 'lease' })),
});

describe('P15: a withdrawal of a queued step that was tried', () => {
  it('is the agency’s where it can be called for it', () => {
    const { state, openTasks } = decide(standing('queued', {}, CALLED), requested, contextOf(CALLED));
    expect(stepIn(state)).toMatchObject({ state: 'queued', reason: 'withdrawal_requested', owner: 'agency' });
    expect(kindsOf(state)).toEqual(['DEADLINE', 'WITHDRAW']);
    expect(openTasks).toEqual([]);
  });

  it('is a clerk’s where it cannot, with a task that says so', () => {
    const { state, openTasks } = decide(standing('queued', {}, UNCALLED), requested, contextOf(UNCALLED));
    expect(stepIn(state)).toMatchObject({ state: 'queued', reason: 'withdrawal_requested', owner: 'clerk' });
    expect(kindsOf(state)).toEqual(['DEADLINE']);
    expect(openTasks).toEqual([{ stepId: STEP, kind: 'withdrawal', reason: 'no_withdrawal_call' }]);
  });

  it('ends by the word of its office', () => {
    const { state } = decide(standing('queued', {}, UNCALLED), requested, contextOf(UNCALLED));
    const { state: after } = decide(state, resolved('withdrawal_confirmed'), contextOf(UNCALLED));
    expect(stepIn(after)).toMatchObject({ state: 'withdrawn', withdrawalRequestedAt: null });
    expect(kindsOf(after)).toEqual([]);
  });

  it('goes on when its office refuses, and remembers that it may have been sent', () => {
    const { state } = decide(standing('queued', {}, UNCALLED), requested, contextOf(UNCALLED));
    const { state: after } = decide(state, resolved('withdrawal_refused'), contextOf(UNCALLED));
    expect(stepIn(after)).toMatchObject({ state: 'queued', reason: 'to_be_sent', owner: 'platform' });
    expect(after.work).toContainEqual(expect.objectContaining({ kind: 'CALL', maybeSent: true }));
  });
});

describe('P15: a withdrawal after a correction that was never sent', () => {
  const given = (): CaseState => {
    const queued = standing('queued', { generation: 2, sentGeneration: 1, hasReceipt: false }, CALLED);
    return { ...queued, work: queued.work.map((row) => ({ ...row, generation: 2, attempts: 0, leaseToken: null })) };
  };

  it('takes back what the agency has: the request before', () => {
    const { state } = decide(given(), requested, contextOf(CALLED));
    expect(stepIn(state)).toMatchObject({ state: 'queued', generation: 2, sentGeneration: 1 });
    expect(state.work.find(({ kind }) => kind === 'WITHDRAW')).toMatchObject({ generation: 1 });
  });

  it.each([
    ['withdrawn', { state: 'withdrawn', withdrawalRequestedAt: null }],
    ['withdrawal_refused', { state: 'queued', reason: 'to_be_sent', generation: 2, withdrawalRequestedAt: null }],
  ] as const)('%s is the word on it', (kind, after) => {
    const { state } = decide(given(), requested, contextOf(CALLED));
    const said = answered(kind, { generation: 1, hasReceipt: true });
    const { state: ended, disposition } = decide(state, said, contextOf(CALLED));
    expect(disposition).toBe('applied');
    expect(stepIn(ended)).toMatchObject(after);
    if (kind === 'withdrawal_refused') {
      expect(stepIn(ended).hasReceipt).toBe(false);
      expect(ended.work).toContainEqual(expect.objectContaining({ kind: 'CALL', generation: 2, maybeSent: false }));
    }
  });
});

describe('P15: while a withdrawal is under way', () => {
  it('a correction is not sent: the family decided otherwise', () => {
    const given = standing('correction_needed', { withdrawalRequestedAt: NOW });
    expect(() => decide(given, { type: 'corrected', stepId: STEP, ways: [] }, contextOf())).toThrow(
      'withdrawal_under_way',
    );
  });

  it('the step keeps its state, reason and owner until the agency answers', () => {
    const { state } = decide(standing('suspended', { reason: 'special_procedure' }), requested, contextOf());
    expect(stepIn(state)).toMatchObject({ state: 'suspended', reason: 'special_procedure', owner: 'agency' });
  });

  it('a retry is a retry of the withdrawal', () => {
    const given = standing('accepted', { withdrawalRequestedAt: NOW });
    const work = given.work.map((row) => ({ ...row, leaseToken: null, dueAt: NOW + DAY_MS }));
    const retry = { type: 'clerk_retried', stepId: STEP, evidenceNotSent: false } as const;
    const { state } = decide({ ...given, work }, retry, contextOf());
    expect(stepIn(state).state).toBe('accepted');
    expect(state.work.find(({ kind }) => kind === 'WITHDRAW')?.dueAt).toBe(NOW);
  });

  it('nobody settles what was not asked for', () => {
    expect(() => decide(standing('accepted'), resolved('withdrawal_confirmed'), contextOf())).toThrow(
      'no_withdrawal_requested',
    );
  });

  it('a broken reply is a clerk’s, and is not asked for again at once', () => {
    const broken = { type: 'contract_broken', stepId: STEP, kind: 'WITHDRAW', leaseToken: 'lease' } as const;
    const given = standing('correction_needed', { withdrawalRequestedAt: NOW });
    const { state, openTasks } = decide(given, { ...broken, field: 'x', retryAt: NOW }, contextOf());
    expect(stepIn(state)).toMatchObject({ state: 'correction_needed', owner: 'applicant' });
    expect(openTasks).toEqual([{ stepId: STEP, kind: 'withdrawal', reason: 'contract_broken' }]);
    expect(state.work.find(({ kind }) => kind === 'WITHDRAW')?.dueAt).toBe(NOW + DAY_MS);
  });
});

describe('questions that fail too often while the agency answers others', () => {
  type Row = [
    kind: 'POLL' | 'WITHDRAW',
    given: [StepState, Partial<StepRecord>?],
    after: Partial<StepRecord>,
    tasks: object[],
  ];
  const task = (kind: string) => [{ stepId: STEP, kind, reason: 'attempts_exhausted' }];
  const STUCK = { state: 'stuck', reason: 'attempts_exhausted', owner: 'clerk' } as const;
  const OWNED = { owner: 'applicant' } as const;
  const WITHDRAWING = { withdrawalRequestedAt: NOW };

  it.each<Row>([
    ['POLL', ['accepted'], STUCK, task('stuck')],
    ['POLL', ['suspended'], STUCK, task('stuck')],
    ['POLL', ['correction_needed'], { state: 'correction_needed', ...OWNED }, task('stuck')],
    ['POLL', ['action_needed'], { state: 'action_needed', ...OWNED }, task('stuck')],
    ['POLL', ['stuck', { owner: 'clerk' }], { state: 'stuck', reason: 'contract_broken' }, []],
    ['POLL', ['accepted', { reason: 'verifying', owner: 'clerk' }], { state: 'accepted', reason: 'verifying' }, []],
    ['WITHDRAW', ['accepted', WITHDRAWING], { state: 'accepted', owner: 'agency' }, task('withdrawal')],
    ['WITHDRAW', ['queued', WITHDRAWING], { state: 'queued', owner: 'clerk' }, task('withdrawal')],
  ])('%s of a step that is %j becomes a person’s', (kind, [state, changes], after, tasks) => {
    const decision = decide(nearlySpent(standing(state, changes)), failed(kind), contextOf());
    expect(stepIn(decision.state)).toMatchObject(after);
    expect(decision.openTasks).toEqual(tasks);
    const row = decision.state.work.find((work) => work.kind === kind);
    expect(row).toMatchObject({ failures: 0, leaseToken: null, dueAt: NOW + 1000 });
  });

  it.each(['POLL', 'WITHDRAW'] as const)('an outage exhausts no %s', (kind) => {
    const given = nearlySpent(standing('accepted', kind === 'WITHDRAW' ? WITHDRAWING : {}));
    const { state, openTasks } = decide(given, failed(kind, false), contextOf());
    expect(stepIn(state).state).toBe('accepted');
    expect(openTasks).toEqual([]);
  });

  it('an answer ends what a person was asked to look at', () => {
    const stuck = decide(nearlySpent(standing('accepted')), failed('POLL'), contextOf());
    const found = decide(stuck.state, answered('accepted', { via: 'poll' }), contextOf());
    expect(stepIn(found.state)).toMatchObject({ state: 'accepted', owner: 'agency' });
    expect(found.closeTasks).toEqual([{ stepId: STEP, kinds: ['stuck'] }]);
  });
});
