import fc from 'fast-check';
import type { CaseState, StepRecord } from '../../case-state';
import type { DeliveryPlan } from '../../papers/delivery-plan';
import { CUSTODY_EVENTS } from '../../papers/paper';
import { ANSWER_KINDS, ANSWER_VIAS, HOLDS, SERVICE_CODES, WORK_KINDS } from '../../vocabulary';
import { type AnsweredEvent, CLERK_DECISIONS, type CaseEvent } from '../case-event';
import { PREMIUM_PAYERS } from '../../insurance/insured';
import { caseOf, insuredFor, NOW, settings, stepOf } from './model-case.spec-support';

const DAY_MS = 86_400_000;

const aStep = fc.record({
  isAsked: fc.boolean(),
  route: fc.constantFrom('online', 'online', 'online_with_papers', 'window'),
  mode: fc.constantFrom('issue', 'issue', 'verify', 'already_done', 'external'),
  channel: fc.constantFrom('api', 'api', 'worklist'),
  holds: fc.subarray([...HOLDS], { maxLength: 2 }),
  basis: fc.constantFrom('citizen_id', 'birth_certificate'),
  insured: fc
    .subarray([2026, 2027], { minLength: 1 })
    .chain((years) => fc.record({ years: fc.constant(years), payer: fc.constantFrom(...PREMIUM_PAYERS) }))
    .map(({ years, payer }) => insuredFor(years, payer)),
} as const);

/** Twins live at one address: their certificates may be one parcel. */
const WISHES: readonly DeliveryPlan[] = [
  { document: 'birth_certificate', mode: 'mail', address: 0, paper: 'certificate_main' },
  { document: 'household_page', mode: 'mail', address: 0, paper: 'household_book' },
  { document: 'social_security_card', mode: 'self', address: null, paper: 'card' },
];

type PlannedStep = typeof aStep extends fc.Arbitrary<infer T> ? T : never;

/** A family as filed: one or two newborns, each with the services that were asked for. */
export const aFamily: fc.Arbitrary<CaseState> = fc
  .array(fc.array(aStep, { minLength: SERVICE_CODES.length, maxLength: SERVICE_CODES.length }), {
    minLength: 1,
    maxLength: 2,
  })
  .map((newborns) => ({
    ...caseOf(),
    newborns: newborns.map((_, index) => ({
      index,
      bornOn: '2026-10-30',
      timersFiredUntil: NOW,
      deathReportedAt: null,
      deathRetractedAt: null,
      inHospital: false,
      papers: [],
      deliveries: WISHES,
    })),
    steps: newborns.flatMap((steps, newborn) => steps.map((planned, index) => stepFrom(planned, newborn, index))),
  }));

function stepFrom({ isAsked, basis, insured, ...way }: PlannedStep, newbornIndex: number, index: number): StepRecord {
  const code = SERVICE_CODES[index] as (typeof SERVICE_CODES)[number];
  const { agency } = settings.steps[code];
  const asked = isAsked ? {} : ({ state: 'not_applicable', reason: 'not_requested', holds: [] } as const);
  const isInsurance = code === 'medical_insurance';
  return stepOf({
    ...way,
    id: `${newbornIndex}-${code}`,
    newbornIndex,
    code,
    agency,
    basis: isInsurance ? basis : null,
    insured: isInsurance ? insured : null,
    ...asked,
  });
}

/** What may happen next, to whichever step or newborn there is by then. */
export interface Happening {
  /** After how long. */
  laterMs: number;
  event: (state: CaseState, now: number) => CaseEvent;
  /** The row that a worker holds when it happens. */
  leased: (typeof WORK_KINDS)[number] | null;
}

/** A deadline is nobody's call: no agency breaks or misses it. */
const callOf = (kind: Draws['kind']): Draws['kind'] => (kind === 'DEADLINE' ? 'CALL' : kind);

const lease = (isStale: boolean): string => (isStale ? 'stale' : 'lease');
const stepAt = ({ steps }: CaseState, at: number): StepRecord => steps[at % steps.length] as StepRecord;

interface Draws {
  at: number;
  isOdd: boolean;
  isStale: boolean;
  kind: (typeof WORK_KINDS)[number];
  hold: (typeof HOLDS)[number];
  answer: (typeof ANSWER_KINDS)[number];
  via: (typeof ANSWER_VIAS)[number];
  decision: (typeof CLERK_DECISIONS)[number];
  generation: number;
  agoMs: number;
}

const draws: fc.Arbitrary<Draws> = fc.record({
  at: fc.nat(20),
  isOdd: fc.boolean(),
  isStale: fc.boolean(),
  kind: fc.constantFrom(...WORK_KINDS),
  hold: fc.constantFrom(...HOLDS),
  answer: fc.constantFrom(...ANSWER_KINDS),
  via: fc.constantFrom(...ANSWER_VIAS),
  decision: fc.constantFrom(...CLERK_DECISIONS),
  generation: fc.nat(3),
  agoMs: fc.nat(DAY_MS),
});

/** Answers that come with words, and those of them that are kept back. */
const HELD_KINDS = ['correction_needed', 'action_needed', 'suspended', 'rejected'] as const;
const SAYS_WORDS: readonly Draws['answer'][] = [...HELD_KINDS, 'withdrawal_refused'];
const SAID = { type: 'answered', hasReceipt: false } as const;

const DETAILS: Partial<Record<Draws['answer'], Pick<AnsweredEvent, 'detail'>>> = {
  suspended: { detail: 'coordinated_check' },
  accepted: { detail: 'delivered' },
};

type EventMaker = (step: StepRecord, drawn: Draws, now: number, state?: CaseState) => CaseEvent;

const wayOf = ({ code, ...step }: StepRecord, route: 'online' | 'window', needsConfirmation: boolean) => ({
  ...step,
  code: code as (typeof SERVICE_CODES)[number],
  route,
  needsConfirmation,
});

/** What was there before our request. */
const FOUND: readonly Pick<AnsweredEvent, 'existed' | 'isUnnamed'>[] = [
  { existed: true, isUnnamed: true },
  {},
  {},
  { existed: true },
  {},
  {},
];

/** Complete by its type: every event can happen. */
const MAKERS: Readonly<Record<CaseEvent['type'], EventMaker>> = {
  filed: () => ({ type: 'filed' }),
  answered: ({ id: stepId, generation }, { answer, via, isOdd, isStale, agoMs, ...drawn }, now) => ({
    type: 'answered',
    stepId,
    generation: isStale ? null : Math.max(1, generation - 1 + drawn.generation),
    via,
    kind: answer,
    hasReceipt: isOdd,
    resultsDiffer: isStale,
    wordsDiffer: isOdd,
    ...(drawn.at % 4 === 0 && SAYS_WORDS.includes(answer) ? { demands: ['birth_permit'] } : {}),
    ...(answer === 'completed' && drawn.at % 5 === 0 ? { differs: [isOdd ? 'name' : 'sex'] } : {}),
    ...(answer === 'completed' ? FOUND[drawn.at % 6] : {}),
    ...(drawn.at % 2 === 0 ? DETAILS[answer] : {}),
    ...(isOdd ? { occurredAt: now - agoMs, sequence: drawn.generation } : {}),
    ...(answer === 'accepted' && drawn.at % 3 === 0 ? { detail: 'waiting_for_paper' } : {}),
    ...(answer === 'accepted' && drawn.at % 3 === 1 ? { papers: ['received', 'cut'] } : {}),
    ...(via === 'reply' ? { work: { kind: drawn.kind, leaseToken: lease(isStale) } } : {}),
  }),
  put_off: ({ id: stepId }, { kind, isOdd, isStale }, now) => ({
    type: 'put_off',
    stepId,
    kind: callOf(kind),
    leaseToken: lease(isStale),
    cause: isOdd ? 'unavailable' : 'outcome_unknown',
    retryAt: now + 1000,
    countsAsFailure: isOdd,
    maybeSent: !isOdd,
  }),
  contract_broken: ({ id: stepId }, { kind, isStale }, now) => ({
    type: 'contract_broken',
    stepId,
    kind: callOf(kind),
    leaseToken: lease(isStale),
    field: 'x',
    retryAt: now,
  }),
  checked_not_found: ({ id: stepId }, { isStale }, now) => ({
    type: 'checked_not_found',
    stepId,
    kind: 'POLL',
    leaseToken: lease(isStale),
    retryAt: now,
  }),
  deadline_fired: ({ id: stepId }, { isStale }) => ({ type: 'deadline_fired', stepId, leaseToken: lease(isStale) }),
  hold_placed: ({ newbornIndex }, { hold }) => ({ type: 'hold_placed', newbornIndex, hold }),
  hold_lifted: ({ newbornIndex }, { hold }) => ({ type: 'hold_lifted', newbornIndex, hold }),
  confirmation_changed: (_step, { at, isOdd }) => ({
    type: 'confirmation_changed',
    change: (['consent_asked', 'consent_refused', 'consent_agreed'] as const)[at % 3] ?? 'consent_asked',
    stands: (['open', 'refused', 'given'] as const)[at % 3] ?? 'open',
    parent: isOdd ? 'mother' : 'father',
    via: 'online',
  }),
  record_linked: ({ newbornIndex }) => ({ type: 'record_linked', newbornIndex, mother: 'missing' }),
  birth_confirmed: ({ newbornIndex }) => ({ type: 'birth_confirmed', newbornIndex, bornOn: '2026-10-29' }),
  birth_corrected: ({ newbornIndex, id }, { isOdd }) => ({
    type: 'birth_corrected',
    newbornIndex,
    bornOn: isOdd ? '2026-10-29' : '2026-11-01',
    told: [id],
  }),
  hospital_stay_told: ({ newbornIndex }, { isOdd }) => ({
    type: 'hospital_stay_told',
    newbornIndex,
    inHospital: isOdd,
  }),
  birth_disputed: ({ newbornIndex }) => ({ type: 'birth_disputed', newbornIndex }),
  applicant_changed: (_step, { isOdd }) => ({ type: 'applicant_changed', parent: isOdd ? 'mother' : 'father' }),
  guardian_named: (_step, { isOdd }) => ({ type: 'guardian_named', mother: true, father: isOdd }),
  death_reported: ({ newbornIndex }) => ({ type: 'death_reported', newbornIndex, reportedBy: 'parent' }),
  parent_death_reported: (step, { isOdd, isStale, at }) => ({
    type: 'parent_death_reported',
    parent: isOdd ? 'mother' : 'father',
    reportedBy: 'clerk',
    hasCase: at % 2 === 0,
    newborns: isStale ? [] : [{ newbornIndex: step.newbornIndex, ways: [wayOf(step, 'window', false)] }],
  }),
  parent_death_retracted: (step, { isOdd, isStale, at }) => ({
    type: 'parent_death_retracted',
    parent: isOdd ? 'mother' : 'father',
    newborns: [{ newbornIndex: step.newbornIndex, ways: isStale ? [] : [wayOf(step, 'online', at % 2 === 0)] }],
    stands: (['open', 'refused', 'given'] as const)[at % 3] ?? 'open',
  }),
  protection_changed: (_step, { isOdd }) => ({ type: 'protection_changed', isProtected: isOdd }),
  mother_went_on_alone: (step, { isOdd, isStale, at }) => ({
    type: 'mother_went_on_alone',
    declaration: 'father_added_later',
    version: '1',
    newborns: [
      {
        newbornIndex: step.newbornIndex,
        ways: isStale ? [] : [wayOf(step, isOdd ? 'window' : 'online', false)],
        notApplicable: at % 5 === 0 ? [{ code: 'household_registration', reason: 'foreign_nationals' }] : [],
        isRenamed: isOdd,
      },
    ],
  }),
  death_retracted: (step, { isOdd, at }) => ({
    type: 'death_retracted',
    newbornIndex: step.newbornIndex,
    ways: step.code === 'household_registration' ? [wayOf(step, isOdd ? 'window' : 'online', isOdd)] : [],
    stands: (['open', 'refused', 'given'] as const)[at % 3] ?? 'open',
  }),
  name_decided: (step, { isOdd, isStale }) => ({
    type: 'name_decided',
    newbornIndex: step.newbornIndex,
    ways: isOdd ? [] : [wayOf(step, 'window', isStale)],
  }),
  corrected: (step, { isOdd, isStale }) => ({
    type: 'corrected',
    stepId: step.id,
    ways: isStale ? [] : [wayOf(step, isOdd ? 'window' : 'online', false)],
  }),
  reapplied: ({ id: stepId }) => ({ type: 'reapplied', stepId }),
  withdrawal_requested: ({ id: stepId }) => ({ type: 'withdrawal_requested', stepId }),
  done_elsewhere: ({ id: stepId }) => ({ type: 'done_elsewhere', stepId }),
  external_result: ({ id: stepId }) => ({ type: 'external_result', stepId }),
  basis_switched: ({ id: stepId }, { isOdd }) => ({
    type: 'basis_switched',
    stepId,
    basis: isOdd ? 'citizen_id' : 'birth_certificate',
  }),
  office_assigned: ({ id: stepId }, { isOdd, isStale }) => ({
    type: 'office_assigned',
    stepId,
    officeCode: isStale ? 'O2' : 'O1',
    channel: isOdd ? 'worklist' : 'api',
  }),
  clerk_retried: ({ id: stepId }, { isOdd }) => ({ type: 'clerk_retried', stepId, evidenceNotSent: isOdd }),
  clerk_checked: ({ id: stepId }) => ({ type: 'clerk_checked', stepId }),
  clerk_verified: ({ id: stepId }, { isOdd }) => ({
    type: 'clerk_verified',
    stepId,
    confirmed: isOdd,
    differs: ['name'],
  }),
  check_answered: ({ id: stepId }, { isOdd }) => ({
    type: 'check_answered',
    stepId,
    outcome: isOdd ? 'verified' : 'not_verified',
  }),
  clerk_resolved: ({ id: stepId }, { decision }) => ({ type: 'clerk_resolved', stepId, decision }),
  paper_moved: (_step, { at, isOdd, isStale }, _now, state) => {
    const papers = (state?.newborns ?? []).flatMap((newborn) => newborn.papers);
    const { id: paperId, holder } = papers[at % Math.max(1, papers.length)] ?? { id: 'none', holder: 'family' };
    const event = CUSTODY_EVENTS[at % CUSTODY_EVENTS.length] ?? 'received';
    const move = { event, by: isOdd ? holder : isStale ? 'O1' : 'family', hasWaybill: isOdd };
    return { type: 'paper_moved', paperId, move };
  },
  share_disputed: ({ id: stepId }) => ({
    type: 'share_disputed',
    stepId,
    receiver: 'education',
    fields: ['childName'],
  }),
  rated: (_step, { isOdd, at }) => ({
    type: 'rated',
    level: isOdd ? 1 : 4,
    aspects: at % 2 === 0 ? { efficiency: 2 } : {},
  }),
  demand_reported: ({ id: stepId }) => ({ type: 'demand_reported', stepId, demand: 'birth_permit' }),
  demand_decided: ({ id: stepId, generation }, { at, isOdd, isStale, via }) => ({
    type: 'demand_decided',
    stepId,
    decision: isOdd ? 'released' : 'overruled',
    held: isStale ? null : { ...SAID, kind: HELD_KINDS[at % 4] ?? 'rejected', stepId, generation, via },
  }),
};

export const EVENT_TYPES = Object.keys(MAKERS) as CaseEvent['type'][];

/** Answers as often as all others together: histories get somewhere. */
const aMaker = fc.oneof(fc.constant(MAKERS.answered), fc.constantFrom(...EVENT_TYPES.map((type) => MAKERS[type])));

export const aHappening: fc.Arbitrary<Happening> = fc
  .record({ drawn: draws, maker: aMaker, laterMs: fc.oneof(fc.nat(1000), fc.nat(40 * DAY_MS)) })
  .map(({ drawn, maker, laterMs }) => ({
    laterMs,
    leased: drawn.isStale ? null : drawn.kind,
    event: (state, now) => maker(stepAt(state, drawn.at), drawn, now, state),
    toString: () => JSON.stringify({ laterMs, event: maker(stepOf(), drawn, NOW), at: drawn.at }),
  }));
