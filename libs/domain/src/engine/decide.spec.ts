import { STEP_STATES, TERMINAL_STATES, type StepState } from '../vocabulary';
import type { CaseState, StepRecord } from '../case-state';
import { type CaseEvent, Refused } from './case-event';
import { decide } from './decide';
import { answered, caseOf, contextOf, NOW, standing, STEP, stepIn, stepOf } from './model/model-case.spec-support';
import { EVENT_TYPES } from './model/any-case.spec-support';
import {
  assigned,
  checked,
  confirmation,
  demandDecision,
  disputed,
  linked,
  resolution,
  retracted,
  SAID_OF_CASES,
  wentOnAlone,
  whileHeld,
  whileVerified,
  whileWithdrawing,
} from './model/events.spec-support';
import { movesOfMistakes } from './model/mistakes.spec-support';
import { isAllowed, MOVES, movesOfDeliveries } from './model/moves.spec-support';
import { owedWork } from './owed-work';

const context = contextOf();
type Expected = StepState | 'refused';
type Row = [
  name: string,
  state: StepState,
  expected: Expected,
  taken: { event: CaseEvent; given: Partial<StepRecord> },
];
const row = (
  event: CaseEvent,
  expected: Partial<Record<StepState, Expected>>,
  otherwise: 'same' | 'refused',
  given: (state: StepState) => Partial<StepRecord> = () => ({}),
): Row[] =>
  STEP_STATES.map((state) => [
    event.type + ('kind' in event ? `(${event.kind})` : ''),
    state,
    expected[state] ?? (otherwise === 'same' ? state : 'refused'),
    { event, given: given(state) },
  ]);
const FORBIDDEN = { demands: ['birth_permit'], wordsDiffer: true } as const;
/** Written from the rules: what each event makes of a step in each state. */
const TABLE = [
  ...row(
    answered('accepted'),
    {
      queued: 'accepted',
      correction_needed: 'accepted',
      action_needed: 'accepted',
      suspended: 'accepted',
      stuck: 'accepted',
    },
    'same',
  ),
  ...row(
    answered('completed'),
    {
      queued: 'completed',
      accepted: 'completed',
      correction_needed: 'completed',
      action_needed: 'completed',
      suspended: 'completed',
      stuck: 'completed',
    },
    'same',
  ),
  ...row(
    answered('rejected'),
    {
      queued: 'rejected',
      accepted: 'rejected',
      correction_needed: 'rejected',
      action_needed: 'rejected',
      suspended: 'rejected',
      stuck: 'rejected',
    },
    'same',
  ),
  ...row(
    answered('correction_needed'),
    {
      queued: 'correction_needed',
      accepted: 'correction_needed',
      action_needed: 'correction_needed',
      suspended: 'correction_needed',
      stuck: 'correction_needed',
    },
    'same',
  ),
  ...row(
    answered('action_needed'),
    {
      queued: 'action_needed',
      accepted: 'action_needed',
      correction_needed: 'action_needed',
      suspended: 'action_needed',
      stuck: 'action_needed',
    },
    'same',
  ),
  ...row(
    answered('suspended', { detail: 'special_procedure' }),
    {
      queued: 'suspended',
      accepted: 'suspended',
      correction_needed: 'suspended',
      action_needed: 'suspended',
      stuck: 'suspended',
    },
    'same',
  ),
  ...row(
    answered('withdrawn'),
    {
      queued: 'withdrawn',
      accepted: 'withdrawn',
      correction_needed: 'withdrawn',
      action_needed: 'withdrawn',
      suspended: 'withdrawn',
      stuck: 'withdrawn',
    },
    'same',
  ),
  ...row(answered('withdrawal_refused'), {}, 'same'),
  ...row(
    {
      type: 'put_off',
      stepId: STEP,
      kind: 'CALL',
      leaseToken: 'lease',
      cause: 'unavailable',
      retryAt: NOW,
      countsAsFailure: false,
      maybeSent: false,
    },
    {},
    'same',
  ),
  ...row(
    {
      type: 'put_off',
      stepId: STEP,
      kind: 'CALL',
      leaseToken: 'another',
      cause: 'outcome_unknown',
      retryAt: NOW,
      countsAsFailure: true,
      maybeSent: true,
    },
    {},
    'same',
  ),
  ...row(
    { type: 'contract_broken', stepId: STEP, kind: 'CALL', leaseToken: 'lease', field: 'x', retryAt: NOW },
    { queued: 'stuck' },
    'same',
  ),
  ...row(
    { type: 'checked_not_found', stepId: STEP, kind: 'POLL', leaseToken: 'lease', retryAt: NOW },
    { accepted: 'stuck', correction_needed: 'stuck', action_needed: 'stuck', suspended: 'stuck' },
    'same',
  ),
  ...row({ type: 'deadline_fired', stepId: STEP, leaseToken: 'lease' }, {}, 'same'),
  ...row({ type: 'hold_placed', newbornIndex: 0, hold: 'data_mismatch' }, {}, 'same'),
  ...row({ type: 'hold_lifted', newbornIndex: 0, hold: 'parent_confirmation' }, { waiting: 'queued' }, 'same'),
  ...row({ type: 'birth_confirmed', newbornIndex: 0, bornOn: '2026-10-29' }, {}, 'same'),
  ...row({ type: 'birth_corrected', newbornIndex: 0, bornOn: '2026-10-29', told: [STEP] }, {}, 'same'),
  ...row({ type: 'birth_disputed', newbornIndex: 0 }, {}, 'same'),
  ...row(
    disputed(),
    { rejected: 'refused', withdrawn: 'refused', cancelled: 'refused', not_applicable: 'refused' },
    'same',
  ),
  ...row({ type: 'applicant_changed', parent: 'father' }, {}, 'same'),
  // the certificate goes on if the family wants it (P16); the others have a table of their own in death.spec.ts
  ...row({ type: 'death_reported', newbornIndex: 0, reportedBy: 'parent' }, {}, 'same'),
  ...row({ type: 'name_decided', newbornIndex: 0, ways: [] }, {}, 'refused'),
  ...row(retracted(), {}, 'refused'),
  ...SAID_OF_CASES.flatMap((event) => row(event, {}, 'same')),
  // replanned steps have a table of their own in parent-death.spec.ts
  ...row(
    { type: 'parent_death_reported', parent: 'father', reportedBy: 'clerk', hasCase: false, newborns: [] },
    {},
    'same',
  ),
  ...row({ type: 'parent_death_retracted', parent: 'father', newborns: [], stands: 'open' }, {}, 'refused'),
  ...row(wentOnAlone(), { waiting: 'queued' }, 'refused'),
  ...row(linked(), { waiting: 'queued' }, 'same', () => ({ holds: ['record_not_linked'] })),
  ...row(wentOnAlone(), {}, 'refused', () => ({ holds: [] })),
  ...row({ type: 'corrected', stepId: STEP, ways: [] }, { correction_needed: 'queued' }, 'refused'),
  ...row({ type: 'reapplied', stepId: STEP }, { rejected: 'queued' }, 'refused'),
  ...row({ type: 'external_result', stepId: STEP }, {}, 'refused'),
  ...row({ type: 'basis_switched', stepId: STEP, basis: 'birth_certificate' }, {}, 'refused'),
  ...row({ type: 'clerk_verified', stepId: STEP, confirmed: true }, {}, 'refused'),
  ...row(
    { type: 'clerk_checked', stepId: STEP },
    {
      accepted: 'accepted',
      correction_needed: 'correction_needed',
      action_needed: 'action_needed',
      suspended: 'suspended',
      stuck: 'stuck',
    },
    'refused',
  ),
  ...row({ type: 'clerk_retried', stepId: STEP, evidenceNotSent: false }, { stuck: 'queued' }, 'refused'),
  ...row(
    { type: 'done_elsewhere', stepId: STEP },
    Object.fromEntries(
      STEP_STATES.filter((state) => !(TERMINAL_STATES as readonly string[]).includes(state)).map((state) => [
        state,
        'accepted',
      ]),
    ),
    'refused',
  ),
  // a step that was never sent is free at once; what was sent waits for the agency
  ...row(
    { type: 'withdrawal_requested', stepId: STEP },
    {
      waiting: 'withdrawn',
      queued: 'queued',
      accepted: 'accepted',
      correction_needed: 'correction_needed',
      action_needed: 'action_needed',
      suspended: 'suspended',
      stuck: 'stuck',
    },
    'refused',
  ),
  ...row({ type: 'filed' }, {}, 'same'),
  ...row(confirmation('consent_asked', 'open'), {}, 'same'),
  ...row(confirmation('consent_refused', 'refused'), {}, 'same'),
  ...row(confirmation('consent_agreed', 'given'), { waiting: 'queued' }, 'same'),
  ...row({ type: 'name_decided', newbornIndex: 0, ways: [] }, { waiting: 'queued' }, 'refused', (state) => ({
    holds: state === 'waiting' ? ['name_undecided'] : [],
  })),
  ...row({ type: 'external_result', stepId: STEP }, { action_needed: 'accepted' }, 'refused', () => ({
    mode: 'external',
  })),
  ...row(
    { type: 'clerk_verified', stepId: STEP, confirmed: true },
    { accepted: 'completed' },
    'refused',
    whileVerified,
  ),
  ...row(
    { type: 'clerk_verified', stepId: STEP, confirmed: false },
    { accepted: 'action_needed' },
    'refused',
    whileVerified,
  ),
  ...row(...checked),
  ...row(resolution('older_result_taken'), {}, 'refused'),
  ...row(resolution('older_result_taken'), { stuck: 'completed' }, 'refused', () => ({ reason: 'conflict' })),
  ...row(resolution('withdrawal_confirmed'), {}, 'refused'),
  ...row(
    resolution('withdrawal_confirmed'),
    {
      waiting: 'withdrawn',
      queued: 'withdrawn',
      accepted: 'withdrawn',
      correction_needed: 'withdrawn',
      action_needed: 'withdrawn',
      suspended: 'withdrawn',
      stuck: 'withdrawn',
    },
    'refused',
    whileWithdrawing,
  ),
  ...row(
    resolution('withdrawal_refused'),
    {
      waiting: 'waiting',
      queued: 'queued',
      accepted: 'accepted',
      correction_needed: 'correction_needed',
      action_needed: 'action_needed',
      suspended: 'suspended',
      stuck: 'stuck',
    },
    'refused',
    whileWithdrawing,
  ),
  ...row(
    answered('rejected', FORBIDDEN),
    {
      queued: 'stuck',
      accepted: 'stuck',
      correction_needed: 'stuck',
      action_needed: 'stuck',
      suspended: 'stuck',
    },
    'same',
  ),
  ...row(
    answered('completed', { differs: ['name'] }),
    { queued: 'stuck', accepted: 'stuck', correction_needed: 'stuck', action_needed: 'stuck', suspended: 'stuck' },
    'same',
  ),
  ...row(
    { type: 'clerk_verified', stepId: STEP, confirmed: true, differs: ['name'] },
    { stuck: 'completed' },
    'refused',
    (state) => (state === 'stuck' ? { reason: 'data_mismatch', owner: 'clerk' } : {}),
  ),
  ...row(resolution('data_updated'), { waiting: 'refused', queued: 'refused', not_applicable: 'refused' }, 'same'),
  ...row({ type: 'demand_reported', stepId: STEP, demand: 'birth_permit' }, { not_applicable: 'refused' }, 'same'),
  ...row(
    { type: 'rated', level: 1, aspects: {} },
    { completed: 'completed', rejected: 'rejected', withdrawn: 'withdrawn', cancelled: 'cancelled' },
    'refused',
  ),
  ...row(resolution('rating_called_back'), {}, 'refused'),
  ...row(demandDecision('overruled', null), {}, 'same'),
  ...row(demandDecision('overruled', 'rejected'), {}, 'refused'),
  ...row(demandDecision('overruled', 'rejected'), { stuck: 'queued' }, 'refused', whileHeld),
  ...row(demandDecision('overruled', 'suspended'), { stuck: 'accepted' }, 'refused', whileHeld),
  ...row(demandDecision('released', 'rejected'), { stuck: 'rejected' }, 'refused', whileHeld),
  ...row(demandDecision('released', 'action_needed'), { stuck: 'action_needed' }, 'refused', whileHeld),
  // what an agency's system has stays there
  ...row(assigned('api'), { waiting: 'waiting' }, 'refused'),
  ...row(
    assigned('worklist'),
    {
      waiting: 'waiting',
      accepted: 'accepted',
      correction_needed: 'correction_needed',
      action_needed: 'action_needed',
      suspended: 'suspended',
      stuck: 'stuck',
    },
    'refused',
    () => ({ channel: 'worklist' }),
  ),
  ...row(
    { type: 'paper_moved', paperId: 'none', move: { event: 'lost', by: 'family', hasWaybill: false } },
    {},
    'refused',
  ),
  ...row(assigned('worklist'), { waiting: 'waiting' }, 'refused', (state) => ({
    channel: 'worklist',
    ...whileWithdrawing(state),
    ...(state === 'waiting' ? { withdrawalRequestedAt: null } : {}),
  })),
];
function outcome(given: ReturnType<typeof standing>, event: CaseEvent): Expected {
  try {
    return decide(given, event, context).state.steps.find((step) => step.id === STEP)!.state;
  } catch (error) {
    if (error instanceof Refused) return 'refused';
    throw error;
  }
}

describe('decide()', () => {
  it.each(TABLE)('%s in %s', (_name, state, expected, { event, given }) => {
    expect(outcome(standing(state, given), event)).toBe(expected);
  });

  it('has every event in the table, and every move of the table among the allowed ones', () => {
    const events = TABLE.map(([, , , { event }]) => event.type);
    expect([...new Set(events)].sort()).toEqual([...EVENT_TYPES].sort());
    const moves = TABLE.filter(([, from, to]) => to !== 'refused' && !isAllowed(from, to));
    expect(moves).toEqual([]);
  });

  it('makes every allowed move, in the table or with what follows another step', () => {
    const moved = new Set(TABLE.map(([, from, to]) => `${from} ${to}`));
    const followed = (given: CaseState, event: CaseEvent, code: StepRecord['code'] = STEP): CaseState => {
      const { state } = decide(given, event, context);
      moved.add(`${stepIn(given, code).state} ${stepIn(state, code).state}`);
      return state;
    };
    const refused = followed(standing('accepted'), answered('rejected'), 'household_registration');
    followed(refused, { type: 'reapplied', stepId: STEP }, 'household_registration');
    followed(caseOf({ birth_certificate: { route: 'window' } }), { type: 'filed' });
    const died: CaseEvent = { type: 'death_reported', newbornIndex: 0, reportedBy: 'hospital' };
    for (const state of STEP_STATES.filter((one) => !(TERMINAL_STATES as readonly string[]).includes(one))) {
      const sentGeneration = state === 'waiting' || state === 'queued' ? 0 : 1;
      const stopped = followed(caseOf({ vaccination: { state, sentGeneration } }), died, 'vaccination');
      followed(stopped, answered('withdrawn', { stepId: 'vaccination' }), 'vaccination');
    }
    for (const move of [...movesOfMistakes(), ...movesOfDeliveries()]) moved.add(move);
    const way = { ...stepOf(), code: STEP, route: 'window', needsConfirmation: false } as const;
    followed(standing('correction_needed'), { type: 'corrected', stepId: STEP, ways: [way] });
    const allowed = Object.entries(MOVES).flatMap(([from, tos]) => tos.map((to) => `${from} ${to}`));
    expect(allowed.filter((move) => !moved.has(move))).toEqual([]);
  });

  it.each(TABLE)('%s in %s leaves exactly the owed work', (_name, state, _expected, { event, given: changes }) => {
    const given = standing(state, changes);
    if (outcome(given, event) === 'refused') return;
    const { state: after } = decide(given, event, context);
    const owed = after.steps.flatMap((step) => owedWork(step, context.profileOf).map((kind) => `${step.id}/${kind}`));
    expect(after.work.map((work) => `${work.stepId}/${work.kind}`).sort()).toEqual(owed.sort());
  });

  it('reaches every state; cancelled belongs to what a death stops (death.spec.ts)', () => {
    const moved = TABLE.filter(([, state, expected]) => expected !== state).map(([, , expected]) => expected);
    const start = caseOf().steps.map((step) => step.state);
    const followed = decide(standing('accepted'), answered('rejected'), context).state.steps.map((step) => step.state);
    const reached = new Set<string>([...moved, ...start, ...followed]);
    expect(STEP_STATES.filter((state) => !reached.has(state))).toEqual(['cancelled']);
  });

  it('never changes the case that it was given', () => {
    const given = standing('queued');
    const before = JSON.stringify(given);
    decide(given, answered('completed'), context);
    expect(JSON.stringify(given)).toBe(before);
  });
});

describe('P12: what follows a dependency that ends otherwise', () => {
  const stateOf = (steps: readonly StepRecord[], code: StepRecord['code']) => steps.find((step) => step.code === code)!;

  it('switches insurance to the certificate when the household is refused, and ends the card', () => {
    const given = caseOf({
      birth_certificate: { state: 'completed', reason: 'done' },
      household_registration: { state: 'accepted', sentGeneration: 1 },
    });
    const { state } = decide(given, { ...answered('rejected'), stepId: 'household_registration' }, context);
    expect(stateOf(state.steps, 'medical_insurance')).toMatchObject({ state: 'queued', basis: 'birth_certificate' });
    expect(stateOf(state.steps, 'social_security_card')).toMatchObject({
      state: 'not_applicable',
      reason: 'dependency_ended',
    });
    expect(state.steps.some((step) => step.code === 'insurance_identity_update')).toBe(false);
  });

  it('ends everything that hangs on a refused certificate, and brings it back when the family applies again', () => {
    const given = caseOf({
      birth_certificate: { state: 'accepted', sentGeneration: 1 },
      vaccination: { state: 'completed' },
    });
    const refused = decide(given, answered('rejected'), context);
    expect(refused.state.steps.filter((step) => step.reason === 'dependency_ended').map((step) => step.code)).toEqual([
      'household_registration',
      'medical_insurance',
      'social_security_card',
    ]);
    const again = decide(refused.state, { type: 'reapplied', stepId: STEP }, context);
    expect(again.state.steps.filter((step) => step.state === 'waiting')).toHaveLength(3);
    expect(stateOf(again.state.steps, 'birth_certificate')).toMatchObject({ state: 'queued', generation: 2 });
  });

  it('bears the identity update exactly once when insurance goes by the certificate', () => {
    const given = caseOf({
      birth_certificate: { state: 'completed', reason: 'done' },
      household_registration: { state: 'accepted', sentGeneration: 1 },
      medical_insurance: { basis: 'birth_certificate' },
    });
    const first = decide(given, { type: 'filed' }, context);
    const second = decide(first.state, { ...answered('completed'), stepId: 'household_registration' }, context);
    expect(second.state.steps.filter((step) => step.code === 'insurance_identity_update')).toHaveLength(1);
  });
});

describe('answers that contradict each other', () => {
  it('opens a conflict when a completed step is refused afterwards, and keeps the first word', () => {
    const decision = decide(standing('completed', { source: 'agency' }), answered('rejected'), context);
    expect(decision.disposition).toBe('conflict');
    expect(decision.openTasks).toEqual([{ stepId: STEP, kind: 'conflict', reason: 'contradictory_answer' }]);
  });

  it('opens a conflict and stops sending when an older generation is completed', () => {
    const given = standing('queued', { generation: 2, sentGeneration: 1 });
    const decision = decide(given, answered('completed'), context);
    expect(decision.state.steps[0]).toMatchObject({ state: 'stuck', reason: 'conflict', owner: 'clerk' });
  });

  it('keeps what a family reported until a clerk or a final word decides', () => {
    const reported = decide(standing('accepted'), { type: 'done_elsewhere', stepId: STEP }, context);
    const polled = decide(reported.state, answered('accepted', { via: 'poll', occurredAt: NOW, sequence: 9 }), context);
    expect(polled.state.steps[0]).toMatchObject({ reason: 'verifying', owner: 'clerk' });
    const verified = decide(polled.state, { type: 'clerk_verified', stepId: STEP, confirmed: true }, context);
    expect(verified.state.steps[0]).toMatchObject({ state: 'completed', source: 'counter' });
  });
});
