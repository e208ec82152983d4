import type { AgencyProfile } from '../agency-profiles';
import type { CaseState, StepRecord } from '../case-state';
import { SERVICE_CODES, type StepCode, type StepState, type WorkKind } from '../vocabulary';
import { type CaseEvent, Refused } from './case-event';
import { decide } from './decide';
import { answered, caseOf, contextOf, NOW, rowOf, stepIn, stepOf } from './model/model-case.spec-support';
import { owedWork } from './owed-work';

const DAY_MS = 86_400_000;
const died: CaseEvent = { type: 'death_reported', newbornIndex: 0, reportedBy: 'hospital' };
const WITHOUT_CALL: AgencyProfile = { agencyClass: 'C', hasCheck: false, hasWithdraw: false };

type Changes = Parameters<typeof caseOf>[0];
const DONE = { state: 'completed', reason: 'done', sentGeneration: 1 } as const;
const sent = (state: StepState): Partial<StepRecord> => ({ state, sentGeneration: 1, hasReceipt: true });

/** Five steps with the rows that are owed of them; a queued one was tried when it says so. */
function given(changes: Changes, attempts = 0): CaseState {
  const state = caseOf(changes);
  const rows = state.steps.flatMap((step) => owedWork(step, contextOf().profileOf).map((kind) => rowOf(step, kind)));
  return { ...state, work: rows.map((row) => ({ ...row, attempts, leaseToken: attempts === 0 ? null : 'lease' })) };
}

const workOf = ({ work }: CaseState, code: StepCode): WorkKind[] =>
  work.flatMap(({ stepId, kind }) => (stepId === code ? [kind] : [])).sort();

/** By hand from the policy: what the report makes at once of a step in each state, and what is still owed of it. */
const STOPPED: [state: StepState, given: Partial<StepRecord>, expected: StepState, work: WorkKind[]][] = [
  ['waiting', {}, 'cancelled', []],
  ['queued', {}, 'cancelled', []],
  ['action_needed', {}, 'cancelled', []],
  ['stuck', {}, 'cancelled', []],
  ['accepted', sent('accepted'), 'accepted', ['DEADLINE', 'POLL', 'WITHDRAW']],
  ['correction_needed', sent('correction_needed'), 'correction_needed', ['DEADLINE', 'POLL', 'WITHDRAW']],
  ['action_needed', sent('action_needed'), 'action_needed', ['DEADLINE', 'POLL', 'WITHDRAW']],
  ['suspended', sent('suspended'), 'suspended', ['DEADLINE', 'POLL', 'WITHDRAW']],
  ['stuck', sent('stuck'), 'stuck', ['DEADLINE', 'POLL', 'WITHDRAW']],
  ['completed', DONE, 'completed', []],
  ['rejected', sent('rejected'), 'rejected', []],
  ['withdrawn', sent('withdrawn'), 'withdrawn', []],
  ['not_applicable', {}, 'not_applicable', []],
];

describe('P16: what a newborn’s death stops', () => {
  it.each(STOPPED)('vaccination in %s (%j) is %s', (state, more, expected, work) => {
    const after = decide(given({ vaccination: { state, ...more } }), died, contextOf()).state;
    expect(stepIn(after, 'vaccination')).toMatchObject({ state: expected });
    expect(workOf(after, 'vaccination')).toEqual(work);
  });

  it('P16: what was never sent ends gently, and what was sent asks nothing more of the family', () => {
    const after = decide(given({ social_security_card: sent('correction_needed') }), died, contextOf()).state;
    expect(stepIn(after, 'vaccination')).toMatchObject({ reason: 'newborn_died', owner: 'platform' });
    expect(stepIn(after, 'social_security_card')).toMatchObject({
      reason: 'newborn_died',
      owner: 'agency',
      withdrawalRequestedAt: NOW,
      correctionDueAt: null,
    });
    expect(after.status).not.toBe('needs_family');
  });

  it('P16: a call that is under way counts as sent', () => {
    const after = decide(given({ vaccination: { state: 'queued' } }, 1), died, contextOf()).state;
    expect(stepIn(after, 'vaccination')).toMatchObject({ state: 'queued', withdrawalRequestedAt: NOW });
    expect(workOf(after, 'vaccination')).toEqual(['DEADLINE', 'WITHDRAW']);
  });

  it('P16: an agency without a call for it is asked by a clerk, whose word ends it', () => {
    const context = contextOf(WITHOUT_CALL);
    const asked = decide(given({ vaccination: sent('accepted') }), died, context);
    expect(asked.openTasks).toContainEqual({
      stepId: 'vaccination',
      kind: 'withdrawal',
      reason: 'no_withdrawal_call',
    });
    const told: CaseEvent = { type: 'clerk_resolved', stepId: 'vaccination', decision: 'withdrawal_confirmed' };
    const ended = decide(asked.state, told, context).state;
    expect(stepIn(ended, 'vaccination')).toMatchObject({ state: 'cancelled', reason: 'newborn_died' });
  });

  it.each(['withdrawn', 'rejected'] as const)('P16: %s by the agency ends it, said once or twice', (kind) => {
    const asked = decide(given({ vaccination: sent('accepted') }), died, contextOf()).state;
    const once = decide(asked, answered(kind, { stepId: 'vaccination' }), contextOf());
    const twice = decide(once.state, answered(kind, { stepId: 'vaccination' }), contextOf());
    expect(stepIn(once.state, 'vaccination')).toMatchObject({ state: 'cancelled', reason: 'newborn_died' });
    expect([twice.disposition, twice.openTasks]).toEqual(['recorded', []]);
  });

  it.each(['accepted', 'correction_needed', 'action_needed', 'suspended'] as const)(
    'P16: an agency’s %s asks nobody for anything',
    (kind) => {
      const asked = decide(given({ vaccination: sent('accepted') }), died, contextOf()).state;
      const { state, disposition } = decide(asked, answered(kind, { stepId: 'vaccination' }), contextOf());
      expect(disposition).toBe('recorded');
      expect(stepIn(state, 'vaccination')).toMatchObject({ state: 'accepted', reason: 'newborn_died' });
    },
  );

  it('P16: an unlawful demand for a service that was stopped neither holds nor asks', () => {
    const asked = decide(given({ vaccination: sent('accepted') }), died, contextOf()).state;
    const asks = { stepId: 'vaccination', wordsDiffer: true, demands: ['birth_permit'] } as const;
    const words = answered('correction_needed', asks);
    expect(stepIn(decide(asked, words, contextOf()).state, 'vaccination')).toMatchObject({
      state: 'accepted',
      reason: 'newborn_died',
    });
  });

  it('P16: done all the same is done, and a person looks at it', () => {
    const asked = decide(given({ vaccination: sent('accepted') }), died, contextOf()).state;
    const { state, openTasks } = decide(asked, answered('completed', { stepId: 'vaccination' }), contextOf());
    expect(stepIn(state, 'vaccination').state).toBe('completed');
    expect(openTasks).toEqual([{ stepId: 'vaccination', kind: 'conflict', reason: 'completed_while_withdrawing' }]);
  });

  it('P16: where the agency keeps it a clerk settles that, nothing is sent again', () => {
    const asked = decide(given({ vaccination: { state: 'queued' } }, 1), died, contextOf()).state;
    const kept = decide(asked, answered('withdrawal_refused', { stepId: 'vaccination' }), contextOf());
    expect(stepIn(kept.state, 'vaccination')).toMatchObject({ state: 'stuck', reason: 'newborn_died', owner: 'clerk' });
    expect(workOf(kept.state, 'vaccination')).not.toContain('CALL');
    expect(kept.openTasks).toEqual([{ stepId: 'vaccination', kind: 'withdrawal', reason: 'withdrawal_refused' }]);
    const retry: CaseEvent = { type: 'clerk_retried', stepId: 'vaccination', evidenceNotSent: true };
    expect(() => decide(kept.state, retry, contextOf())).toThrow(Refused);
    const settled: CaseEvent = { type: 'clerk_resolved', stepId: 'vaccination', decision: 'withdrawal_confirmed' };
    expect(stepIn(decide(kept.state, settled, contextOf()).state, 'vaccination').state).toBe('cancelled');
  });

  it('P16: what was refused before is not applied for again, and does not bring the card back', () => {
    const refused = given({ birth_certificate: sent('rejected'), vaccination: sent('rejected') });
    const filed = decide(refused, { type: 'filed' }, contextOf()).state;
    const after = decide(filed, died, contextOf()).state;
    expect(() => decide(after, { type: 'reapplied', stepId: 'vaccination' }, contextOf())).toThrow(Refused);
    const again = decide(after, { type: 'reapplied', stepId: 'birth_certificate' }, contextOf()).state;
    expect(stepIn(again, 'social_security_card').state).toBe('not_applicable');
    expect(stepIn(again, 'household_registration')).toMatchObject({ state: 'waiting', route: 'window' });
    expect(stepIn(again, 'medical_insurance')).toMatchObject({ state: 'waiting', basis: 'birth_certificate' });
  });

  it('P16: follow-ups close, and none is born', () => {
    const update = stepOf({ id: 'update', code: 'insurance_identity_update', agency: 'medical-insurance' });
    const base = given({ birth_certificate: DONE, medical_insurance: { basis: 'birth_certificate' } });
    const after = decide({ ...base, steps: [...base.steps, update] }, died, contextOf()).state;
    expect(after.steps.find(({ id }) => id === 'update')).toMatchObject({ state: 'cancelled' });
    const alone = decide(base, died, contextOf()).state;
    expect(alone.steps.map(({ code }) => code).sort()).toEqual([...SERVICE_CODES].sort());
  });
});

describe('P16: what goes on after a newborn’s death', () => {
  const window = {
    state: 'action_needed',
    reason: 'birth_and_death_registration',
    owner: 'applicant',
    route: 'window',
    papers: ['birth_certificate_original', 'household_book', 'surname_reason', 'medical_death_certificate'],
  } as const;
  const asked = { papers: ['surname_reason'] } as const;

  it('P16: the certificate goes on, and the family may take it back', () => {
    const after = decide(given({ birth_certificate: { state: 'queued' } }), died, contextOf()).state;
    expect(stepIn(after)).toMatchObject({ state: 'queued' });
    expect(workOf(after, 'birth_certificate')).toContain('CALL');
    const withdrawn = decide(after, { type: 'withdrawal_requested', stepId: 'birth_certificate' }, contextOf()).state;
    expect(stepIn(withdrawn).state).toBe('withdrawn');
  });

  it.each([
    ['waiting for the certificate', {}, { state: 'waiting', route: 'window', papers: window.papers }],
    ['to be sent', { birth_certificate: DONE, household_registration: { state: 'queued' } }, window],
    ['at a window already', { birth_certificate: DONE, household_registration: { state: 'action_needed' } }, window],
  ] as const)('P16: the household step, %s, becomes one visit for birth and death', (_name, changes, expected) => {
    const { household_registration: household } = changes as NonNullable<Changes>;
    const before = given({ ...changes, household_registration: { ...household, ...asked } });
    const after = decide(before, died, contextOf()).state;
    expect(stepIn(after, 'household_registration')).toMatchObject(expected);
    expect(workOf(after, 'household_registration')).toEqual(['DEADLINE']);
  });

  it('P16: once the certificate is there it is a visit to the window, never a call', () => {
    const waiting = decide(given({ birth_certificate: sent('accepted') }), died, contextOf()).state;
    const after = decide(waiting, answered('completed'), contextOf()).state;
    expect(stepIn(after, 'household_registration')).toMatchObject({
      state: 'action_needed',
      reason: 'birth_and_death_registration',
    });
  });

  const atPolice = (): CaseState =>
    given({ birth_certificate: DONE, household_registration: { ...sent('suspended'), ...asked } });

  it.each(['withdrawn', 'rejected'] as const)('P16: sent to the police, it is at the window once it is %s', (kind) => {
    const taken = decide(atPolice(), died, contextOf()).state;
    expect(workOf(taken, 'household_registration')).toContain('WITHDRAW');
    const event = answered(kind, { stepId: 'household_registration' });
    const after = decide(taken, event, contextOf()).state;
    expect(stepIn(after, 'household_registration')).toMatchObject({ ...window, sentGeneration: 0 });
    expect(workOf(after, 'household_registration')).toEqual(['DEADLINE']);
    expect(decide(after, event, contextOf()).disposition).toBe('recorded');
  });

  it('P16: a registration that the police made counts, before and after the window', () => {
    const event = answered('completed', { stepId: 'household_registration' });
    const taken = decide(atPolice(), died, contextOf()).state;
    const free = decide(taken, answered('withdrawn', { stepId: 'household_registration' }), contextOf()).state;
    for (const state of [taken, free]) {
      expect(stepIn(decide(state, event, contextOf()).state, 'household_registration').state).toBe('completed');
    }
  });

  it.each([
    ['to the certificate', { birth_certificate: DONE }, { state: 'queued', basis: 'birth_certificate' }],
    ['while it is made', {}, { state: 'waiting', basis: 'birth_certificate' }],
    [
      'nowhere where there is none: it waits for the visit',
      { birth_certificate: sent('withdrawn'), household_registration: { state: 'action_needed' } },
      { state: 'waiting', basis: 'citizen_id' },
    ],
    [
      'nowhere where the number is known',
      { birth_certificate: DONE, household_registration: DONE },
      { state: 'queued', basis: 'citizen_id' },
    ],
  ] as const)('P16: insurance stays possible for the bill and turns %s', (_name, changes, expected) => {
    const after = decide(given(changes), died, contextOf()).state;
    expect(stepIn(after, 'medical_insurance')).toMatchObject(expected);
    expect(after.steps.some(({ code }) => code === 'insurance_identity_update')).toBe(false);
  });

  it('P16: nothing reminds the family any more, a person is asked to speak with it', () => {
    const before = given({ birth_certificate: { holds: ['name_undecided', 'parent_confirmation'] } });
    const { state, openTasks, history } = decide(before, died, contextOf());
    expect(openTasks).toEqual([{ stepId: 'birth_certificate', kind: 'family_contact', reason: 'newborn_died' }]);
    expect(history[0]).toMatchObject({ type: 'death_reported', newbornIndex: 0, detail: { reportedBy: 'hospital' } });
    const fired: CaseEvent = { type: 'deadline_fired', stepId: 'birth_certificate', leaseToken: 'lease' };
    const leased = { ...state, work: state.work.map((row) => ({ ...row, leaseToken: 'lease' })) };
    const later = decide(leased, fired, contextOf(undefined, { now: NOW + 30 * DAY_MS }));
    expect(later.history.filter(({ type }) => type === 'timer_passed')).toEqual([]);
    // the same month is full of reminders for a family whose child lives
    const living = { ...before, work: before.work.map((row) => ({ ...row, leaseToken: 'lease' })) };
    const reminded = decide(living, fired, contextOf(undefined, { now: NOW + 30 * DAY_MS })).history;
    expect(reminded.map(({ detail }) => detail['timer'])).toEqual(
      expect.arrayContaining(['name_reminder_7', 'confirmation_reminder']),
    );
  });

  it('P16: who spoke with the family closes that task, and only after a death', () => {
    const spoken: CaseEvent = { type: 'clerk_resolved', stepId: 'birth_certificate', decision: 'family_spoken_with' };
    expect(() => decide(given({}), spoken, contextOf())).toThrow(Refused);
    const { state } = decide(given({}), died, contextOf());
    expect(decide(state, spoken, contextOf()).closeTasks).toEqual([
      { stepId: 'birth_certificate', kinds: ['family_contact'] },
    ]);
  });

  it('P16: told twice, by whomever, it is one death', () => {
    const first = decide(given({}), died, contextOf()).state;
    const second = decide(first, { ...died, reportedBy: 'parent' }, contextOf());
    expect(second).toMatchObject({ disposition: 'recorded', changedSteps: [], openTasks: [], history: [] });
  });

  it('P16: the other twin is untouched', () => {
    const one = given({ birth_certificate: sent('accepted') });
    const second = one.steps.map((step) => ({ ...step, id: `second-${step.code}`, newbornIndex: 1 }));
    const work = second.flatMap((step) => owedWork(step, contextOf().profileOf).map((kind) => rowOf(step, kind)));
    const newborn = one.newborns[0]!;
    const twins: CaseState = {
      ...one,
      newborns: [newborn, { ...newborn, index: 1 }],
      steps: [...one.steps, ...second],
      work: [...one.work, ...work],
    };
    const settled = decide(twins, { type: 'filed' }, contextOf()).state;
    const after = decide(settled, died, contextOf()).state;
    const ofSecond = (state: CaseState) => [
      state.steps.filter(({ newbornIndex }) => newbornIndex === 1),
      state.work.filter(({ stepId }) => stepId.startsWith('second-')),
      state.newborns[1],
    ];
    expect(ofSecond(after)).toEqual(ofSecond(settled));
  });
});
