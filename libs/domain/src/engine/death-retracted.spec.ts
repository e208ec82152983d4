import type { StepWay } from '../case-plan';
import type { CaseState, StepRecord } from '../case-state';
import type { StepCode, StepState, WorkKind } from '../vocabulary';
import type { CaseEvent } from './case-event';
import { decide } from './decide';
import type { DeathRetractedEvent } from './death-retracted';
import { answered, caseOf, contextOf, NOW, rowOf, stepIn } from './model/model-case.spec-support';
import { owedWork } from './owed-work';

const died: CaseEvent = { type: 'death_reported', newbornIndex: 0, reportedBy: 'hospital' };
const registered: StepWay = {
  code: 'household_registration',
  mode: 'issue',
  route: 'online',
  papers: [],
  officeCode: 'O1',
  officeKind: 'police_station',
  channel: 'api',
  acceptingOffice: null,
  needsConfirmation: false,
};
const retracted = (changes: Partial<DeathRetractedEvent> = {}): CaseEvent => ({
  type: 'death_retracted',
  newbornIndex: 0,
  ways: [registered],
  stands: 'given',
  ...changes,
});
const sent = (state: StepState): Partial<StepRecord> => ({ state, sentGeneration: 1, hasReceipt: true });
const DONE = { state: 'completed', reason: 'done', sentGeneration: 1 } as const;

function given(changes: Parameters<typeof caseOf>[0]): CaseState {
  const state = caseOf(changes);
  const work = state.steps.flatMap((step) => owedWork(step, contextOf().profileOf).map((kind) => rowOf(step, kind)));
  return { ...state, work };
}
const after = (state: CaseState, event: CaseEvent, now = NOW) =>
  decide(state, event, contextOf(undefined, { now })).state;
/** Reported, then found to be wrong; `meanwhile` happens in between. */
const undone = (changes: Parameters<typeof caseOf>[0], meanwhile: (state: CaseState) => CaseState = (state) => state) =>
  after(meanwhile(after(given(changes), died)), retracted());
const workOf = ({ work }: CaseState, code: StepCode): WorkKind[] =>
  work.flatMap(({ stepId, kind }) => (stepId === code ? [kind] : [])).sort();
const told = (state: CaseState): CaseState => ({
  ...state,
  work: state.work.map((row) => (row.kind === 'WITHDRAW' ? { ...row, attempts: 1 } : row)),
});

/** What people are asked at a step after the retraction. */
const asked = (changes: Partial<StepRecord>): string[] => {
  const set = after(given({ vaccination: { ...sent('accepted'), ...changes } }), died);
  const { openTasks } = decide(set, retracted(), contextOf());
  return openTasks.flatMap(({ stepId, kind, reason }) => (stepId === 'vaccination' ? [`${kind} ${reason}`] : []));
};

/** By hand from the policy: a vaccination that the report had stopped, and what it does once that was a mistake. */
const STOPPED: [state: StepState, given: Partial<StepRecord>, expected: Partial<StepRecord>, work: WorkKind[]][] = [
  ['waiting', {}, { state: 'queued', reason: 'to_be_sent' }, ['CALL', 'DEADLINE']],
  [
    'waiting',
    { holds: ['hospital_record_missing'] },
    { state: 'waiting', reason: 'hospital_record_missing' },
    ['DEADLINE'],
  ],
  ['queued', {}, { state: 'queued', reason: 'to_be_sent' }, ['CALL', 'DEADLINE']],
  ['action_needed', { route: 'window' }, { state: 'action_needed', reason: 'visit_window' }, ['DEADLINE']],
  ['accepted', sent('accepted'), { state: 'accepted', reason: 'in_progress', owner: 'agency' }, ['DEADLINE', 'POLL']],
  [
    'accepted',
    { ...sent('accepted'), reason: 'verifying', owner: 'clerk', source: 'counter' },
    { state: 'accepted', reason: 'verifying', owner: 'clerk', source: 'counter' },
    ['DEADLINE', 'POLL'],
  ],
  [
    'accepted',
    { ...sent('accepted'), reason: 'awaiting_acceptance', deliveredAt: NOW },
    { state: 'accepted', reason: 'awaiting_acceptance', owner: 'agency', promise: null },
    ['DEADLINE', 'POLL'],
  ],
  [
    'correction_needed',
    sent('correction_needed'),
    { state: 'correction_needed', reason: 'agency_asked_correction', owner: 'applicant' },
    ['DEADLINE', 'POLL'],
  ],
  ['suspended', sent('suspended'), { state: 'suspended', reason: 'special_procedure' }, ['DEADLINE', 'POLL']],
  ['stuck', sent('stuck'), { state: 'stuck', reason: 'outcome_unknown', owner: 'clerk' }, ['DEADLINE', 'POLL']],
  ['completed', DONE, DONE, []],
  ['rejected', sent('rejected'), { state: 'rejected' }, []],
  ['not_applicable', { reason: 'not_requested' }, { state: 'not_applicable' }, []],
];

describe('P16: a death that was reported by mistake', () => {
  it.each(STOPPED)('vaccination that stood in %s (%j) goes on', (state, more, expected, work) => {
    const found = undone({ vaccination: { state, ...more } });
    expect(stepIn(found, 'vaccination')).toMatchObject({ ...expected, withdrawalRequestedAt: null });
    expect(workOf(found, 'vaccination')).toEqual(work);
  });

  it.each<[string, Partial<StepRecord>, string[]]>([
    [
      'compared by a clerk',
      { reason: 'verifying', owner: 'clerk', source: 'counter' },
      ['verification reported_done_elsewhere'],
    ],
    ['stuck', { state: 'stuck', reason: 'contract_broken' }, ['stuck outcome_unknown']],
    ['with its agency', {}, []],
  ])('P14: what was %s is so again, and asked anew', (_name, changes, tasks) => {
    expect(asked(changes).filter((task) => !task.startsWith('family_contact'))).toEqual(tasks);
  });

  it('an agency that may have heard of the withdrawal says its word first; what it gives back is sent anew', () => {
    const waiting = undone({ vaccination: sent('accepted') }, told);
    expect(stepIn(waiting, 'vaccination')).toMatchObject({
      state: 'accepted',
      reason: 'death_retracted',
      withdrawalRequestedAt: NOW,
    });
    const back = after(waiting, answered('withdrawn', { stepId: 'vaccination' }));
    expect(stepIn(back, 'vaccination')).toMatchObject({
      state: 'queued',
      generation: 2,
      hasReceipt: false,
      withdrawalRequestedAt: null,
    });
    const kept = after(waiting, answered('withdrawal_refused', { stepId: 'vaccination' }));
    expect(stepIn(kept, 'vaccination')).toMatchObject({ state: 'accepted', reason: 'in_progress' });
    const done = decide(waiting, answered('completed', { stepId: 'vaccination' }), contextOf());
    expect(stepIn(done.state, 'vaccination')).toMatchObject({ state: 'completed' });
    expect(done.openTasks).toEqual([]);
  });

  it('what an agency gave back before is sent anew, as a case of its own', () => {
    const found = undone({ vaccination: sent('accepted') }, (state) =>
      after(state, answered('withdrawn', { stepId: 'vaccination' })),
    );
    expect(stepIn(found, 'vaccination')).toMatchObject({ state: 'queued', generation: 2, source: null });
  });

  it('what an agency had refused to give back is waited for, and nobody asks it again', () => {
    const refused = after(
      after(given({ vaccination: sent('accepted') }), died),
      answered('withdrawal_refused', { stepId: 'vaccination' }),
    );
    expect(stepIn(refused, 'vaccination')).toMatchObject({ state: 'stuck', reason: 'newborn_died' });
    const decision = decide(refused, retracted(), contextOf());
    expect(stepIn(decision.state, 'vaccination')).toMatchObject({ state: 'accepted', reason: 'in_progress' });
    expect(decision.closeTasks).toContainEqual({ stepId: 'vaccination', kinds: ['withdrawal'] });
  });

  it('the household step is registered as it was filed, not at the window', () => {
    const waiting = undone({ birth_certificate: sent('accepted') });
    expect(stepIn(waiting, 'household_registration')).toMatchObject({ state: 'waiting', route: 'online', papers: [] });
    const released = undone({ birth_certificate: DONE });
    expect(stepIn(released, 'household_registration')).toMatchObject({
      state: 'queued',
      route: 'online',
      generation: 1,
    });
    const givenBack = undone({ birth_certificate: DONE, household_registration: sent('accepted') }, (state) =>
      after(state, answered('withdrawn', { stepId: 'household_registration' })),
    );
    expect(stepIn(givenBack, 'household_registration')).toMatchObject({ state: 'queued', generation: 2 });
  });

  it.each([
    ['open', ['parent_confirmation']],
    ['refused', ['parent_refused']],
    ['given', []],
  ] as const)('a household step that needs both parents waits for a word that is %s', (stands, holds) => {
    const ways = [{ ...registered, needsConfirmation: true }];
    const found = after(after(given({}), died), retracted({ ways, stands }));
    expect(stepIn(found, 'household_registration')).toMatchObject({ state: 'waiting', holds });
  });

  it('birth and death that were registered in one visit are a person’s', () => {
    const done = { state: 'completed', reason: 'done', source: 'counter' } as const;
    const state = after(given({ birth_certificate: DONE, household_registration: done }), died);
    const { openTasks } = decide(state, retracted(), contextOf());
    expect(openTasks).toContainEqual({
      stepId: 'household_registration',
      kind: 'conflict',
      reason: 'death_retracted_after_registration',
    });
  });

  it('insurance stays on the certificate, and the number follows again', () => {
    const found = undone({ birth_certificate: sent('accepted') });
    expect(stepIn(found, 'medical_insurance')).toMatchObject({ basis: 'birth_certificate' });
    expect(found.steps.map(({ code }) => code)).toContain('insurance_identity_update');
  });

  it('a named person tells the family, once more', () => {
    const reported = after(given({}), died);
    const decision = decide(reported, retracted(), contextOf());
    const { stepId } = decision.openTasks[0]!;
    expect(decision.openTasks).toEqual([{ stepId, kind: 'family_contact', reason: 'death_retracted' }]);
    expect(decision.closeTasks).toContainEqual({ stepId, kinds: ['family_contact'] });
    const spoken = decide(
      decision.state,
      { type: 'clerk_resolved', stepId, decision: 'family_spoken_with' },
      contextOf(),
    );
    expect(spoken.closeTasks).toContainEqual({ stepId, kinds: ['family_contact'] });
  });

  it('reminders that passed meanwhile are not made up for', () => {
    const later = NOW + 40 * 86_400_000;
    const found = after(after(given({ birth_certificate: { holds: ['name_undecided'] } }), died), retracted(), later);
    expect(found.newborns[0]).toMatchObject({
      deathReportedAt: null,
      deathRetractedAt: later,
      timersFiredUntil: later,
    });
  });

  it('there must have been one, and it may be reported again', () => {
    expect(() => after(given({}), retracted())).toThrow('no_death_reported');
    const found = undone({});
    expect(() => after(found, retracted())).toThrow('no_death_reported');
    expect(stepIn(after(found, died), 'vaccination')).toMatchObject({ state: 'cancelled' });
  });
});
