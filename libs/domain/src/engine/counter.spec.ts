import type { AgencyProfile } from '../agency-profiles';
import type { CaseState, StepRecord } from '../case-state';
import type { AnsweredEvent, CaseEvent } from './case-event';
import { decide } from './decide';
import { answered, caseOf, contextOf, NOW, rowOf, settings, stepIn } from './model/model-case.spec-support';

const REGISTER: AgencyProfile = {
  agencyClass: 'A',
  hasCheck: true,
  hasWithdraw: true,
  looksUp: ['household_registration'],
};
const CODE = 'household_registration';
const context = contextOf(REGISTER);
const report: CaseEvent = { type: 'done_elsewhere', stepId: CODE };
const said = (kind: AnsweredEvent['kind'], more: Partial<AnsweredEvent> = {}): AnsweredEvent =>
  answered(kind, { stepId: CODE, via: 'poll', hasReceipt: false, ...more });
const after = (given: CaseState, event: CaseEvent) => decide(given, event, context);
const pollOf = ({ work }: CaseState) => work.find(({ stepId, kind }) => stepId === CODE && kind === 'POLL');
/** The certificate is under way, so nothing of the household step was sent. */
const waiting = caseOf({ birth_certificate: { state: 'accepted', reason: 'in_progress', sentGeneration: 1 } });
const reported = after(waiting, report).state;

describe('P14: done at the counter before anything was sent', () => {
  it('its register is asked at once, and a clerk has it besides', () => {
    const { state, openTasks } = after(waiting, report);
    expect(stepIn(state, CODE)).toMatchObject({ state: 'accepted', reason: 'verifying', sentGeneration: 0 });
    expect(pollOf(state)?.dueAt).toBe(NOW);
    expect(openTasks).toMatchObject([{ stepId: CODE, kind: 'verification' }]);
  });

  it('the same child: completed at the counter without a clerk, nothing counts as sent, what follows goes on', () => {
    const { state, closeTasks } = after(reported, said('completed'));
    expect(stepIn(state, CODE)).toMatchObject({ state: 'completed', source: 'counter', sentGeneration: 0 });
    expect(stepIn(state, 'medical_insurance').state).toBe('queued');
    expect(closeTasks.flatMap(({ kinds }) => kinds)).toContain('verification');
  });

  it('not there yet: asked again, more rarely than what an agency works on', () => {
    const given = {
      ...reported,
      work: [rowOf(stepIn(reported, CODE), 'POLL'), rowOf(stepIn(reported, CODE), 'DEADLINE')],
    };
    const asked = { type: 'checked_not_found', stepId: CODE, kind: 'POLL', leaseToken: 'lease', retryAt: NOW } as const;
    const { state, openTasks } = after(given, asked);
    expect(pollOf(state)?.dueAt).toBe(NOW + settings.pollMs * settings.counterPollFactor);
    expect([stepIn(state, CODE).reason, openTasks]).toEqual(['verifying', []]);
  });

  it('a register that cannot be read leaves it with the clerk who compares: nothing is ever sent', () => {
    const given = {
      ...reported,
      work: [rowOf(stepIn(reported, CODE), 'POLL'), rowOf(stepIn(reported, CODE), 'DEADLINE')],
    };
    const named = { stepId: CODE, kind: 'POLL', leaseToken: 'lease', retryAt: NOW } as const;
    const { state } = after(given, { ...named, type: 'contract_broken', field: 'hcjg' });
    expect(stepIn(state, CODE)).toMatchObject({ state: 'accepted', reason: 'verifying', sentGeneration: 0 });
    expect(() => after(state, { type: 'clerk_retried', stepId: CODE, evidenceNotSent: true })).toThrow('not_retryable');
  });

  const differing = after(reported, said('completed', { differs: ['resident_id_number'] })).state;

  it('another child: held, nothing follows, and the register is still asked', () => {
    expect(stepIn(differing, CODE)).toMatchObject({ state: 'stuck', reason: 'data_mismatch', source: 'counter' });
    expect(stepIn(differing, 'medical_insurance').state).toBe('waiting');
    expect(pollOf(differing)).toBeDefined();
  });

  it('the register says another thing now: completed at the counter', () => {
    const { state } = after(differing, said('completed', { resultsDiffer: true }));
    expect(stepIn(state, CODE)).toMatchObject({ state: 'completed', source: 'counter' });
  });

  it('the family had told a wrong number: told again, it is asked about again', () => {
    const { state, closeTasks } = after(differing, report);
    expect(stepIn(state, CODE)).toMatchObject({ state: 'accepted', reason: 'verifying' });
    expect(pollOf(state)?.dueAt).toBe(NOW);
    expect(closeTasks.flatMap(({ kinds }) => kinds)).toContain('data_mismatch');
  });

  it.each([
    ['compared', reported],
    ['held', differing],
  ])('a clerk who finds that it is not so while it is %s: the family goes to the window', (_name, given) => {
    const { state } = after(given, { type: 'clerk_verified', stepId: CODE, confirmed: false });
    expect(stepIn(state, CODE)).toMatchObject({ state: 'action_needed', reason: 'visit_window', source: null });
    expect(pollOf(state)).toBeUndefined();
  });

  it('withdrawn by the family, it is withdrawn at once', () => {
    const { state } = after(reported, { type: 'withdrawal_requested', stepId: CODE });
    expect(stepIn(state, CODE).state).toBe('withdrawn');
  });
});

describe('P14: an agency answers that it exists', () => {
  const sent: Partial<StepRecord> = { state: 'queued', reason: 'to_be_sent' };
  const given = caseOf({ vaccination: sent });
  const exists = (more: Partial<AnsweredEvent> = {}) =>
    decide(given, answered('completed', { stepId: 'vaccination', via: 'reply', existed: true, ...more }), contextOf());

  it('of the same child: done at the counter', () => {
    const { state } = exists();
    expect(stepIn(state, 'vaccination')).toMatchObject({ state: 'completed', source: 'counter' });
    expect(stepIn(state, 'identity_backfill')).toBeUndefined();
  });

  it('what it was only asked to confirm has to exist: that says nothing of a counter', () => {
    const known = caseOf({ vaccination: { ...sent, mode: 'already_done' } });
    const said = answered('completed', { stepId: 'vaccination', via: 'worklist', existed: true });
    expect(stepIn(decide(known, said, contextOf()).state, 'vaccination').source).toBe('worklist');
  });

  it('of another child: held as a counter’s', () => {
    const { state } = exists({ differs: ['sex'] });
    expect(stepIn(state, 'vaccination')).toMatchObject({ reason: 'data_mismatch', source: 'counter' });
  });

  it('of another child at an agency that answers no question: a clerk has it sent again once the unit has mended its record', () => {
    const silent: AgencyProfile = { agencyClass: 'C', hasCheck: false, hasWithdraw: false };
    const retried: CaseEvent = { type: 'clerk_retried', stepId: 'vaccination', evidenceNotSent: false };
    const { state } = decide(exists({ differs: ['sex'] }).state, retried, contextOf(silent));
    expect(state.work.find(({ stepId, kind }) => stepId === 'vaccination' && kind === 'CALL')).toMatchObject({
      maybeSent: true,
    });
    const mended = decide(
      state,
      answered('completed', { stepId: 'vaccination', via: 'reply' }),
      contextOf(silent),
    ).state;
    expect(stepIn(mended, 'vaccination')).toMatchObject({ state: 'completed', source: 'counter' });
  });

  it('made by our own request, it is the agency’s', () => {
    const event = answered('completed', { stepId: 'vaccination', via: 'reply' });
    expect(stepIn(decide(given, event, contextOf()).state, 'vaccination').source).toBe('agency');
  });

  it('P6: what stands there under the mother’s name is named once, also by a name that is decided later', () => {
    const { state } = exists({ isUnnamed: true });
    expect(state.steps.filter(({ code }) => code === 'identity_backfill')).toHaveLength(1);
    const unnamed = {
      ...state,
      steps: state.steps.map((step) =>
        step.code === 'birth_certificate' ? ({ ...step, state: 'waiting', holds: ['name_undecided'] } as const) : step,
      ),
    };
    const named = decide(unnamed, { type: 'name_decided', newbornIndex: 0, ways: [] }, contextOf()).state;
    expect(named.steps.filter(({ code }) => code === 'identity_backfill')).toHaveLength(1);
  });
});
