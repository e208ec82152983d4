import fc from 'fast-check';
import { applicationStatus } from '../../application-status';
import type { CaseState, StepRecord } from '../../case-state';
import { isTerminal, type StepCode } from '../../vocabulary';
import { type CaseEvent, Refused } from '../case-event';
import { decide, type Decision } from '../decide';
import type { DecisionContext } from '../decision-context';
import { owedWork } from '../owed-work';
import { aFamily, aHappening, type Happening } from './any-case.spec-support';
import { contextOf, NOW } from './model-case.spec-support';
import { isAllowed } from './moves.spec-support';

const seed = Date.now() % 1_000_000;
const MOST_EVENTS = 30;

/** By hand, from the policy. */
const WAITS_FOR: Readonly<Record<StepCode, readonly StepCode[]>> = {
  birth_certificate: [],
  vaccination: [],
  household_registration: ['birth_certificate'],
  medical_insurance: ['household_registration'],
  social_security_card: ['household_registration', 'medical_insurance'],
  identity_backfill: ['vaccination', 'birth_certificate'],
  insurance_identity_update: ['household_registration', 'medical_insurance'],
  insurance_payment: ['medical_insurance'],
  delivery: [],
};

function dependenciesOf(step: StepRecord, { steps }: CaseState): StepRecord[] {
  const isOnCertificate = step.code === 'medical_insurance' && step.basis === 'birth_certificate';
  const codes = isOnCertificate ? ['birth_certificate'] : WAITS_FOR[step.code];
  return steps.filter(({ code, newbornIndex }) => newbornIndex === step.newbornIndex && codes.includes(code));
}

const isDone = ({ state, reason }: StepRecord): boolean =>
  state === 'completed' || (state === 'not_applicable' && (reason === 'not_requested' || reason === 'already_insured'));

/** By hand, from the policy (P16). */
const USELESS: readonly StepCode[] = [
  'vaccination',
  'household_registration',
  'social_security_card',
  'identity_backfill',
  'insurance_identity_update',
  'delivery',
];
const hasNoUse = ({ code, mode, newbornIndex }: StepRecord, { newborns }: CaseState): boolean =>
  USELESS.includes(code) &&
  !(code === 'household_registration' && mode === 'already_done') &&
  newborns.find(({ index }) => index === newbornIndex)?.deathReportedAt !== null;

/** By hand, from the policy (P10): what holds the promise of the whole up, and what ends it. */
function wrongPromise({ steps, newborns, overall }: CaseState): string[] {
  const alive = (step: StepRecord) =>
    newborns.find(({ index }) => index === step.newbornIndex)?.deathReportedAt === null;
  const ours = steps.filter(
    (step) =>
      !['identity_backfill', 'insurance_identity_update', 'insurance_payment', 'delivery'].includes(step.code) &&
      step.mode !== 'external' &&
      step.state !== 'not_applicable' &&
      alive(step),
  );
  const open = ours.filter(({ state }) => !isTerminal(state));
  const asked = open.some(({ holds }) => holds.includes('parent_confirmation') || holds.includes('parent_refused'));
  const owesName = open.some(({ state, holds }) => state === 'waiting' && holds.includes('name_undecided'));
  const isResting =
    owesName ||
    open.some(({ reason, promise }) => reason === 'waiting_for_paper' && typeof promise?.pausedOn === 'string') ||
    open.some(({ state }) => ['correction_needed', 'action_needed', 'suspended'].includes(state));
  if (overall === null) return open.length === 0 || asked ? [] : ['the whole is not promised'];
  const { startedOn, promisedOn, pausedOn, endedOn } = overall;
  return [
    ...((endedOn !== null) === (open.length === 0)
      ? []
      : [`the whole ended ${String(endedOn)}, ${open.length} are open`]),
    ...(isResting && pausedOn === null ? ['the promise of the whole runs while it rests'] : []),
    ...(pausedOn !== null && !isResting && !asked ? ['the promise of the whole rests for nothing'] : []),
    ...(promisedOn > startedOn && (pausedOn ?? startedOn) >= startedOn ? [] : ['the whole is promised for the past']),
  ];
}

const isAtWork = ({ state, reason }: StepRecord): boolean =>
  state === 'accepted' && ['in_progress', 'waiting_for_paper', 'deemed_accepted'].includes(reason);

/** What stands there after an event, whatever the event was. */
function wrongIn(state: CaseState, context: DecisionContext): string[] {
  const wrong = state.steps.flatMap((step) => {
    const rows = state.work.filter(({ stepId }) => stepId === step.id);
    const [owed, has] = [owedWork(step, context.profileOf), rows.map(({ kind }) => kind)].map((kinds) => kinds.sort());
    const isOpen = !isTerminal(step.state);
    const isLeft =
      step.state === 'waiting' &&
      step.holds.length === 0 &&
      dependenciesOf(step, state).every((one) => isTerminal(one.state));
    return [
      ...(String(owed) === String(has) ? [] : [`${step.id}: work is ${String(has)}, owed is ${String(owed)}`]),
      ...(isLeft ? [`${step.id}: waits for nothing`] : []),
      ...(has?.includes('CALL') && hasNoUse(step, state) ? [`${step.id}: sent after a death`] : []),
      ...(isAtWork(step) && step.promise === null ? [`${step.id}: accepted and not promised`] : []),
      ...(isOpen && !(step.owner && step.reason) ? [`${step.id}: nobody has it`] : []),
      ...(isOpen && !rows.some(({ dueAt }) => Number.isFinite(dueAt)) ? [`${step.id}: no next time`] : []),
    ];
  });
  const status = state.status === applicationStatus(state.steps) ? [] : [`status ${state.status}`];
  return [...wrong, ...status, ...wrongPromise(state)];
}

/** Which ended steps an event may bring back. */
const comesBack = (step: StepRecord, event: CaseEvent): boolean =>
  (event.type === 'reapplied' &&
    (step.id === event.stepId ? step.state === 'rejected' : step.reason === 'dependency_ended')) ||
  (event.type === 'death_retracted' && step.reason === 'newborn_died');

/** Of another child than the case's (P15). */
const isTakenAsOther = (before: StepRecord, after: StepRecord, event: CaseEvent): boolean =>
  event.type === 'answered' &&
  event.stepId === before.id &&
  (event.differs ?? []).length > 0 &&
  after.state === 'completed' &&
  before.state !== 'completed';

/** What an event did to each step. */
function wrongMoves(before: CaseState, { state, history }: Decision, event: CaseEvent): string[] {
  const moved = before.steps.flatMap((step) => {
    const after = state.steps.find(({ id }) => id === step.id) as StepRecord;
    const isUndone = isTerminal(step.state) && after.state !== step.state && !comesBack(step, event);
    return [
      ...(isTakenAsOther(step, after, event) && !hasNoUse(step, before) ? [`${step.id}: done as another child`] : []),
      ...(isUndone ? [`${step.id}: ${event.type} left ${step.state}`] : []),
      ...(isAllowed(step.state, after.state) ? [] : [`${step.id}: from ${step.state} to ${after.state}`]),
    ];
  });
  const released = history.filter(({ type }) => type === 'released');
  const early = released.flatMap(({ stepId }) => {
    const step = state.steps.find(({ id }) => id === stepId) as StepRecord;
    return dependenciesOf(step, state).every(isDone) ? [] : [`${step.id}: released too early`];
  });
  return [...moved, ...early, ...wrongDeeming(before, { state, history }, event)];
}

/** By hand, from the policy (P10): of the household step alone, by time alone, and nothing but its promise comes of it. */
function wrongDeeming(before: CaseState, { state, history }: Pick<Decision, 'state' | 'history'>, event: CaseEvent) {
  return history
    .filter(({ type }) => type === 'deemed_accepted')
    .flatMap(({ stepId }) => {
      const [was, is] = [before, state].map(({ steps }) => steps.find(({ id }) => id === stepId) as StepRecord);
      const isRight =
        event.type === 'deadline_fired' &&
        was?.code === 'household_registration' &&
        was.reason === 'awaiting_acceptance' &&
        was.promise === null &&
        is?.state === 'accepted' &&
        is.promise !== null;
      return isRight ? [] : [`${String(stepId)}: deemed accepted`];
    });
}

interface Life {
  state: CaseState;
  now: number;
  refused: number;
  taken: number;
  wrong: string[];
}

function lived(given: CaseState, happenings: readonly Happening[]): Life {
  const life: Life = { state: given, now: NOW, refused: 0, taken: 0, wrong: [] };
  happen(life, { type: 'filed' });
  for (const { laterMs, event, leased } of happenings) {
    life.now += laterMs;
    life.state = claimed(life.state, leased, life.now);
    happen(life, event(life.state, life.now));
    if (life.wrong.length > 0) break;
  }
  return life;
}

function happen(life: Life, event: CaseEvent): void {
  // ids of what is born later are told apart by how much came before
  const newId = (
    (serial) => () =>
      `born-${life.taken}-${(serial += 1)}`
  )(0);
  const context = contextOf(undefined, { now: life.now, newId });
  try {
    const decision = decide(life.state, event, context);
    life.wrong = [...wrongMoves(life.state, decision, event), ...wrongIn(decision.state, context)];
    life.state = decision.state;
    life.taken += 1;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    life.refused += 1;
  }
}

const claimed = (state: CaseState, kind: Happening['leased'], now: number): CaseState => ({
  ...state,
  work: state.work.map((row) => (row.kind === kind ? { ...row, leaseToken: 'lease', leaseUntil: now + 1 } : row)),
});

describe(`any family, any history (seed ${seed})`, () => {
  it('never waits for nothing, is nobody’s, leaves an end or moves as nobody meant', () => {
    let [taken, refused] = [0, 0];
    fc.assert(
      fc.property(aFamily, fc.array(aHappening, { maxLength: MOST_EVENTS }), (family, happenings) => {
        const life = lived(family, happenings);
        taken += life.taken;
        refused += life.refused;
        expect(life.wrong).toEqual([]);
      }),
      { seed, numRuns: 1500 },
    );
    // not a history of refusals alone
    expect(taken).toBeGreaterThan(refused);
  });
});
