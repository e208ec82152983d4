import type { AgencyProfile } from '../agency-profiles';
import type { StepRecord } from '../case-state';
import type { AnswerKind, IdentityFact, StepCode } from '../vocabulary';
import type { AnsweredEvent, CaseEvent } from './case-event';
import { decide } from './decide';
import {
  answered,
  caseOf,
  contextOf,
  kindsOf,
  NOW,
  rowOf,
  standing,
  stepIn,
  STEP,
} from './model/model-case.spec-support';

const OTHER: Partial<AnsweredEvent> = { differs: ['name'] };
const DONE = { state: 'completed', reason: 'done', sentGeneration: 1 } as const;
const HELD = { state: 'stuck', reason: 'data_mismatch', owner: 'clerk', sentGeneration: 1, hasReceipt: true } as const;
const verified = (confirmed: boolean, differs: readonly IdentityFact[], stepId: StepCode = STEP): CaseEvent => ({
  type: 'clerk_verified',
  stepId,
  confirmed,
  differs,
});
const reported: CaseEvent = { type: 'done_elsewhere', stepId: STEP };
const QUERIED: AgencyProfile = { agencyClass: 'A', hasCheck: true, hasWithdraw: true };
const SILENT: AgencyProfile = { agencyClass: 'C', hasCheck: false, hasWithdraw: false };

describe('P15: a child registered under another name, sex or birth date', () => {
  const registered = caseOf({
    birth_certificate: DONE,
    vaccination: DONE,
    household_registration: { state: 'accepted', sentGeneration: 1, hasReceipt: true },
  });
  const held = caseOf({ birth_certificate: DONE, vaccination: DONE, household_registration: HELD });
  const ofHousehold = (kind: AnswerKind, more: Partial<AnsweredEvent> = {}) =>
    answered(kind, { stepId: 'household_registration', ...more });

  it.each<[IdentityFact, string]>([
    ['name', 'registered_name_differs'],
    ['sex', 'registered_sex_differs'],
    ['birth_date', 'registered_birth_date_differs'],
  ])('%s: the step is held, later steps wait, a clerk has a task', (fact, reason) => {
    const { state, openTasks } = decide(registered, ofHousehold('completed', { differs: [fact] }), contextOf());
    const household = stepIn(state, 'household_registration');
    expect(household).toMatchObject({ state: 'stuck', reason: 'data_mismatch', owner: 'clerk', source: null });
    expect(stepIn(state, 'medical_insurance')).toMatchObject({ state: 'waiting', reason: 'awaiting_dependency' });
    expect(openTasks).toEqual([{ stepId: 'household_registration', kind: 'data_mismatch', reason }]);
    expect(state.work.some(({ stepId, kind }) => stepId === household.id && kind === 'POLL')).toBe(true);
  });

  it('said again it is no news; said otherwise it is kept anew', () => {
    const again = decide(held, ofHousehold('completed', { ...OTHER, resultsDiffer: false }), contextOf());
    expect([again.disposition, again.openTasks]).toEqual(['recorded', []]);
    const other = decide(held, ofHousehold('completed', { ...OTHER, resultsDiffer: true }), contextOf());
    expect(other.history.map(({ type }) => type)).toContain('mismatch_found');
  });

  it.each<AnswerKind>(['accepted', 'correction_needed', 'action_needed', 'suspended'])(
    '%s changes nothing while it is compared',
    (kind) => {
      const { state } = decide(held, ofHousehold(kind, { occurredAt: NOW, wordsDiffer: true }), contextOf());
      expect(stepIn(state, 'household_registration')).toMatchObject(HELD);
    },
  );

  it('the agency’s corrected answer lets everything go on, and closes the task', () => {
    const { state, closeTasks } = decide(held, ofHousehold('completed', { resultsDiffer: true }), contextOf());
    expect(stepIn(state, 'household_registration')).toMatchObject({ state: 'completed', source: 'agency' });
    expect(stepIn(state, 'medical_insurance').state).toBe('queued');
    expect(closeTasks.flatMap(({ kinds }) => kinds)).toContain('data_mismatch');
  });

  it('a clerk confirms the registered name: every agency that was told another one is told this one', () => {
    const { state, openTasks } = decide(held, verified(true, ['name'], 'household_registration'), contextOf());
    expect(stepIn(state, 'household_registration')).toMatchObject({ state: 'completed', source: 'agency' });
    expect(stepIn(state, 'identity_backfill')).toMatchObject({ state: 'queued', agency: 'disease-control' });
    expect(openTasks).toEqual([{ stepId: 'birth_certificate', kind: 'data_update', reason: 'reissue' }]);
  });

  it('a name that the family had corrected here is new to the hospital alone', () => {
    const event = { ...verified(true, ['name'], 'household_registration'), isRenamed: false } as CaseEvent;
    const { state, openTasks } = decide(held, event, contextOf());
    expect(openTasks).toEqual([{ stepId: 'birth_certificate', kind: 'data_update', reason: 'reissue' }]);
    expect(state.steps.some(({ code }) => code === 'identity_backfill')).toBe(false);
  });

  it('what was never sent needs no update', () => {
    const given = caseOf({ birth_certificate: HELD });
    const { state, openTasks } = decide(given, verified(true, ['name']), contextOf());
    expect(openTasks).toEqual([]);
    expect(state.steps.some(({ code }) => code === 'identity_backfill')).toBe(false);
  });

  it.each<[boolean, readonly IdentityFact[]]>([
    [false, ['name']],
    [true, ['sex']],
    [true, ['name', 'birth_date']],
  ])('confirmed %s, %j: hospital or police correct it, no clerk', (confirmed, differs) => {
    expect(() => decide(held, verified(confirmed, differs, 'household_registration'), contextOf())).toThrow(
      'agency_must_correct',
    );
  });

  it('is never sent again by a clerk', () => {
    const retried = { type: 'clerk_retried', stepId: 'household_registration', evidenceNotSent: true } as const;
    expect(() => decide(held, retried, contextOf())).toThrow('mismatch_needs_decision');
  });

  it('an office that has changed its data closes its task; one that was never asked has none', () => {
    const said = (stepId: StepCode) => ({ type: 'clerk_resolved', stepId, decision: 'data_updated' }) as const;
    const { closeTasks, history } = decide(held, said('birth_certificate'), contextOf());
    expect(closeTasks).toContainEqual({ stepId: 'birth_certificate', kinds: ['data_update'] });
    expect(history.map(({ type }) => type)).toEqual(['data_updated']);
    expect(() => decide(held, said('medical_insurance'), contextOf())).toThrow('no_update_asked');
  });
});

describe('P14: done at the counter', () => {
  const claimed = (profile: AgencyProfile, changes: Partial<StepRecord> = {}) => standing('queued', changes, profile);

  it('a leased call may arrive: no call any more, the agency is asked once the lease has ended', () => {
    const { state } = decide(claimed(QUERIED), reported, contextOf(QUERIED));
    expect(stepIn(state)).toMatchObject({
      state: 'accepted',
      reason: 'verifying',
      source: 'counter',
      sentGeneration: 1,
    });
    expect(kindsOf(state)).toEqual(['DEADLINE', 'POLL']);
    expect(state.work.find(({ kind }) => kind === 'POLL')?.dueAt).toBe(NOW + 1000);
  });

  it('what the agency has is asked at once', () => {
    const given = standing('accepted', {}, QUERIED);
    const idle = { ...given, work: given.work.map((row) => ({ ...row, leaseToken: null, dueAt: NOW + 60_000 })) };
    const { state, putWork } = decide(idle, reported, contextOf(QUERIED));
    expect(state.work.find(({ kind }) => kind === 'POLL')?.dueAt).toBe(NOW);
    expect(putWork.find(({ kind }) => kind === 'POLL')).toMatchObject({ renewOffer: true });
  });

  it.each([
    ['never claimed', QUERIED, 0],
    ['claimed, and the agency cannot be asked', SILENT, 1],
  ] as const)('%s: a clerk asks the office', (_name, profile, attempts) => {
    const given = claimed(profile);
    const { state, openTasks } = decide(
      { ...given, work: given.work.map((row) => ({ ...row, attempts, leaseToken: null, leaseUntil: null })) },
      reported,
      contextOf(profile),
    );
    expect(kindsOf(state)).toEqual(['DEADLINE']);
    expect(openTasks).toEqual([{ stepId: STEP, kind: 'verification', reason: 'reported_done_elsewhere' }]);
  });

  const verifying = decide(standing('accepted'), reported, contextOf()).state;
  it('the agency says that it is done: completed at the counter, and what follows goes on', () => {
    const { state, closeTasks } = decide(verifying, answered('completed', { via: 'poll' }), contextOf());
    expect(stepIn(state)).toMatchObject({ state: 'completed', source: 'counter' });
    expect(stepIn(state, 'household_registration').state).toBe('queued');
    expect(closeTasks.flatMap(({ kinds }) => kinds)).toContain('verification');
  });

  it('of another child than was reported: a clerk compares, then the agency’s result counts', () => {
    const { state, openTasks } = decide(
      verifying,
      answered('completed', { differs: ['certificate_number'] }),
      contextOf(),
    );
    expect(stepIn(state)).toMatchObject({ state: 'stuck', reason: 'data_mismatch', source: 'counter' });
    expect(openTasks).toMatchObject([{ kind: 'data_mismatch', reason: 'registered_certificate_number_differs' }]);
    const settled = decide(state, verified(true, ['certificate_number']), contextOf());
    expect(stepIn(settled.state)).toMatchObject({ state: 'completed', source: 'counter' });
  });

  it('the agency does not know our request: the clerk goes on comparing, and nothing contradicts', () => {
    const given = { ...verifying, work: [rowOf(stepIn(verifying), 'POLL'), rowOf(stepIn(verifying), 'DEADLINE')] };
    const asked = { type: 'checked_not_found', stepId: STEP, kind: 'POLL', leaseToken: 'lease', retryAt: NOW } as const;
    const { state, openTasks } = decide(given, asked, contextOf());
    expect(stepIn(state)).toMatchObject({ state: 'accepted', reason: 'verifying', owner: 'clerk' });
    expect(openTasks).toEqual([]);
  });

  it('our request is taken back as the family had asked: what was done at the counter is compared all the same', () => {
    const withdrawing = decide(standing('accepted', { withdrawalRequestedAt: NOW }), reported, contextOf()).state;
    const { state } = decide(withdrawing, answered('withdrawn'), contextOf());
    expect(stepIn(state)).toMatchObject({ state: 'accepted', reason: 'verifying', withdrawalRequestedAt: null });
    expect(kindsOf(state)).not.toContain('WITHDRAW');
  });
});
