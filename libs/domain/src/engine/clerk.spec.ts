import type { AgencyProfile } from '../agency-profiles';
import type { CaseEvent } from './case-event';
import { decide } from './decide';
import { answered, contextOf, kindsOf, standing, stepIn, STEP } from './model/model-case.spec-support';

const profile = (agencyClass: AgencyProfile['agencyClass']): AgencyProfile => ({
  agencyClass,
  hasCheck: agencyClass === 'A' || agencyClass === 'B',
  hasWithdraw: false,
});
const retried = (evidenceNotSent = false): CaseEvent => ({ type: 'clerk_retried', stepId: STEP, evidenceNotSent });
const taken: CaseEvent = { type: 'clerk_resolved', stepId: STEP, decision: 'older_result_taken' };
const CONFLICT = { reason: 'conflict', owner: 'clerk', generation: 2 } as const;

describe('a clerk’s retry', () => {
  it.each(['A', 'B', 'C', 'D'] as const)('class %s: never where answers contradict each other', (agencyClass) => {
    const given = standing('stuck', { ...CONFLICT, sentGeneration: 2 }, profile(agencyClass));
    for (const evidence of [false, true]) {
      expect(() => decide(given, retried(evidence), contextOf(profile(agencyClass)))).toThrow(
        'conflict_needs_decision',
      );
    }
  });

  it.each([
    ['B', { hasReceipt: false }, true],
    ['B', { hasReceipt: true }, true],
    ['A', { hasReceipt: false }, true],
    ['C', { hasReceipt: false }, true],
    ['D', { hasReceipt: false }, false],
  ] as const)(
    'class %s %j with evidence: the call knows that it may have been sent: %s',
    (agencyClass, receipt, mark) => {
      const given = standing('stuck', receipt, profile(agencyClass));
      const { state } = decide(given, retried(true), contextOf(profile(agencyClass)));
      expect(state.work.find(({ kind }) => kind === 'CALL')).toMatchObject({ maybeSent: mark });
    },
  );

  it.each([
    ['without evidence', { hasReceipt: false }, false],
    ['against a receipt', { hasReceipt: true }, true],
  ] as const)('class D: not %s', (_name, receipt, evidence) => {
    const given = standing('stuck', receipt, profile('D'));
    expect(() => decide(given, retried(evidence), contextOf(profile('D')))).toThrow('evidence_needed');
  });
});

describe('the result of an earlier request', () => {
  it('is taken by a clerk: the step is done, nothing more is sent', () => {
    const asked = standing('queued', { generation: 2, sentGeneration: 1, statutory: household() });
    const conflict = decide(asked, answered('completed'), contextOf());
    expect(kindsOf(conflict.state)).toEqual(['DEADLINE', 'POLL']);
    const { state } = decide(conflict.state, taken, contextOf());
    expect(stepIn(state)).toMatchObject({ state: 'completed', source: 'agency', owner: 'platform' });
    expect(stepIn(state).statutory?.metAt).not.toBeNull();
    expect(kindsOf(state)).toEqual([]);
  });

  it('is nothing to be taken where nothing contradicts', () => {
    expect(() => decide(standing('stuck'), taken, contextOf())).toThrow('no_conflict');
    expect(() => decide(standing('accepted'), taken, contextOf())).toThrow('no_conflict');
  });
});

function household() {
  return {
    rule: 'household_one_month',
    dueAt: '2026-11-30',
    safeAt: '2026-11-29',
    estimated: false,
    lateOnArrival: false,
    metBy: null,
    metAt: null,
  } as const;
}
