import {
  AGENCIES,
  APPLICATION_STATUSES,
  CHECK_OUTCOMES,
  COMPLETION_SOURCES,
  INSURANCE_BASES,
  LIGHTS,
  OFFER_GROUNDS,
  OFFICE_KINDS,
  OWNERS,
  PAPERS,
  REASONS,
  ROUTES,
  STATUTORY_MEANS,
  STEP_CODES,
  STEP_MODES,
  STEP_STATES,
} from '@birth/domain';
import {
  date,
  either,
  figure,
  flag,
  list,
  moment,
  named,
  object,
  oneOf,
  type Of,
  optional,
  orNull,
  record,
  text,
  uuid,
  whole,
} from '@birth/platform';
import { ACTORS } from '../ports/case-store';
import { AgencyCodeShape, AgencyTextShape } from './agency-text-shape';
import { CoverageShape } from './coverage-shapes';
import { CustodyShape } from './paper-shapes';
import { DemandReportShape, HeldBackShape } from './demand-shapes';

/** A queued step whose call is under way is shown as `submitting`, one that its agency has not yet accepted as `delivered`. */
const ONLY_SHOWN = ['submitting', 'delivered'] as const;
export const SHOWN_STATES = [...STEP_STATES, ...ONLY_SHOWN] as const;
export type ShownState = (typeof SHOWN_STATES)[number];
export const isOnlyShown = (state: ShownState): state is (typeof ONLY_SHOWN)[number] =>
  (ONLY_SHOWN as readonly ShownState[]).includes(state);

/** The opening that runs or comes next, holidays and make-up days counted; null where no hours are known. */
const OpeningShape = named('Opening', object({ isOpen: flag(), opensAt: moment(), closesAt: moment() }));

const officeFields = {
  code: text(),
  kind: oneOf(OFFICE_KINDS),
  name: text(),
  phone: text(),
  address: text(),
  hours: text(),
  opening: orNull(OpeningShape),
};
export const OfficeShape = named('Office', object(officeFields));
export type OfficeView = Of<typeof OfficeShape>;

export const StatutoryClockShape = named(
  'StatutoryClock',
  object({
    rule: oneOf(['household_one_month', 'vaccination_one_month', 'insurance_ninety_days']),
    dueAt: date(),
    safeAt: date(),
    estimated: flag(),
    lateOnArrival: flag(),
    metBy: orNull(oneOf(STATUTORY_MEANS)),
    metAt: orNull(moment()),
  }),
);

const OverdueShape = named(
  'Overdue',
  object({
    with: oneOf(['deputy', 'coordinator']),
    since: moment(),
    dueAt: moment(),
    text: text(),
  }),
);

export const NoticeShape = named(
  'StepNotice',
  object({
    code: oneOf(['certificate_basis_offered', 'insurance_at_risk', 'parent_deceased', 'parent_imprisoned']),
    ground: orNull(oneOf(OFFER_GROUNDS)),
    text: text(),
    until: orNull(date()),
  }),
);
export type NoticeView = Of<typeof NoticeShape>;
export const CoordinatedCheckShape = named(
  'CoordinatedCheck',
  object({
    with: text('Whom it asks'),
    askedAt: moment(),
    dueAt: moment(),
    outcome: orNull(oneOf(CHECK_OUTCOMES)),
    answeredAt: orNull(moment()),
  }),
);

export const StepShape = named(
  'Step',
  object({
    id: uuid(),
    code: oneOf(STEP_CODES),
    qualifier: text(),
    name: text(),
    agency: oneOf(AGENCIES),
    agencyName: text(),
    office: OfficeShape,
    acceptingOffice: orNull(OfficeShape),
    overdue: orNull(OverdueShape),
    coordinatedCheck: orNull(CoordinatedCheckShape),
    mode: oneOf(STEP_MODES),
    route: oneOf(ROUTES),
    papers: list(oneOf(PAPERS)),
    custody: list(CustodyShape),
    basis: orNull(oneOf(INSURANCE_BASES)),
    coverage: orNull(CoverageShape),
    state: oneOf(SHOWN_STATES),
    stateName: text(),
    reason: oneOf(REASONS),
    reasonText: text(),
    owner: oneOf(OWNERS),
    source: orNull(oneOf(COMPLETION_SOURCES)),
    nextAt: orNull(moment()),
    dependsOn: list(uuid()),
    promisedAt: orNull(date()),
    promisedAtEstimated: flag(),
    statutory: orNull(StatutoryClockShape),
    light: orNull(oneOf(LIGHTS)),
    withdrawalRequestedAt: orNull(moment()),
    correctionDueAt: orNull(moment()),
    agencyText: orNull(AgencyTextShape),
    heldBack: orNull(HeldBackShape),
    demandReport: orNull(DemandReportShape),
    notices: list(NoticeShape),
    version: whole(),
  }),
);
export type StepView = Of<typeof StepShape>;

const NewbornStepsShape = named(
  'NewbornSteps',
  object({
    index: whole(),
    deathReportedAt: orNull(moment()),
    steps: list(StepShape),
  }),
);

export const OverallPromiseShape = named(
  'OverallPromise',
  object({
    startedOn: date(),
    promisedAt: date(),
    estimated: flag(),
    pausedOn: orNull(date()),
    endedOn: orNull(date()),
    light: orNull(oneOf(LIGHTS)),
  }),
);

export const caseFields = {
  id: uuid(),
  status: oneOf(APPLICATION_STATUSES),
  filedAt: moment(),
  overallPromise: orNull(OverallPromiseShape),
  newborns: list(NewbornStepsShape),
};
export type CaseView = { readonly [K in keyof typeof caseFields]: Of<(typeof caseFields)[K]> };

/** Codes alone: strings, numbers, booleans. */
const detail = record(orNull(either(either(text(), figure()), flag())));

const eventFields = {
  seq: whole(),
  at: moment(),
  type: text(),
  stepId: orNull(uuid()),
  newbornIndex: orNull(whole()),
  fromState: orNull(oneOf(STEP_STATES)),
  toState: orNull(oneOf(STEP_STATES)),
  reason: orNull(oneOf(REASONS)),
  actor: oneOf(ACTORS),
  detail,
};
export const EventShape = named('CaseEvent', object(eventFields));
export type EventView = Of<typeof EventShape>;
export const EventPageShape = named('CaseEventPage', object({ items: list(EventShape), nextCursor: orNull(whole()) }));

/** What the clerks' stream carries: the same with its case. */
export const ScopedEventShape = named(
  'ScopedEvent',
  object({ applicationId: uuid(), agency: orNull(oneOf(AGENCIES)), ...eventFields }),
);
export const ClerkEventShape = named(
  'ClerkCaseEvent',
  object({
    ...eventFields,
    clerkReason: optional(text('Why a clerk acted; for clerks of that step')),
    agencyCode: optional(AgencyCodeShape),
  }),
);
