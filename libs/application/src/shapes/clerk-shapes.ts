import { AGENCIES, LIGHTS, MOTHER_UNABLE, OWNERS, REASONS, STEP_CODES, STEP_STATES } from '@birth/domain';
import {
  date,
  flag,
  list,
  moment,
  named,
  nothing,
  object,
  type Of,
  oneOf,
  optional,
  orNull,
  type Shape,
  text,
  uuid,
  whole,
} from '@birth/platform';
import { caseFields, ClerkEventShape } from './case-shapes';
import { RatingShape } from './rating-shapes';
import { taskFields } from './task-fields';

/** How many steps have each value; values that none has are left out. */
const countsOf = <const V extends readonly string[]>(values: V): Shape<Partial<Record<V[number], number>>> =>
  object(Object.fromEntries(values.map((value) => [value, optional(whole())])));

export const ClerkStepShape = named(
  'ClerkStep',
  object({
    stepId: uuid(),
    applicationId: uuid(),
    caseNumber: text(),
    newbornIndex: whole(),
    code: oneOf(STEP_CODES),
    agency: oneOf(AGENCIES),
    officeCode: text(),
    overdueWith: orNull(oneOf(['deputy', 'coordinator'])),
    state: oneOf(STEP_STATES),
    reason: oneOf(REASONS),
    owner: oneOf(OWNERS),
    version: whole(),
    nextAt: orNull(moment()),
    promisedOn: orNull(date()),
    statutorySafeAt: orNull(date()),
    light: oneOf(LIGHTS),
    overallPromisedOn: orNull(date()),
    overallLight: orNull(oneOf(LIGHTS)),
    attempts: whole(),
    updatedAt: moment(),
  }),
);
export const ClerkStepPageShape = named(
  'ClerkStepPage',
  object({
    items: list(ClerkStepShape),
    nextCursor: orNull(uuid()),
    counts: object({
      total: whole(),
      state: countsOf(STEP_STATES),
      agency: countsOf(AGENCIES),
      owner: countsOf(OWNERS),
      light: countsOf(LIGHTS),
      overallLight: countsOf(LIGHTS),
      breaches: object({ promise: whole(), statutory: whole(), overall: whole(), lateOnArrival: whole() }),
    }),
  }),
);
export type ClerkStepPage = Of<typeof ClerkStepPageShape>;

const MaskedPersonShape = named('MaskedPerson', object({ name: text(), identityNumber: text(), mobile: text() }));
export const MaskedPeopleShape = named(
  'MaskedPeople',
  object({
    mother: orNull(MaskedPersonShape),
    father: orNull(MaskedPersonShape),
    newborns: list(object({ index: whole(), bornOn: date(), name: orNull(text()) })),
  }),
);
export type MaskedPeople = Of<typeof MaskedPeopleShape>;

const OpenTaskShape = named('OpenTask', object({ ...taskFields, stepId: orNull(uuid()) }));
export type OpenTaskView = Of<typeof OpenTaskShape>;

export const ClerkCaseShape = named(
  'ClerkCase',
  object({
    ...caseFields,
    caseNumber: text(),
    definitionVersion: text(),
    isProtected: flag(),
    rating: orNull(RatingShape),
    people: MaskedPeopleShape,
    timeline: list(ClerkEventShape),
    openTasks: list(OpenTaskShape),
  }),
);
export type ClerkCase = Of<typeof ClerkCaseShape>;

export const AgencyPageShape = named(
  'AgencyPage',
  object({
    items: list(
      named(
        'Agency',
        object({
          agency: oneOf(AGENCIES),
          name: text(),
          backlog: whole(),
          dueNow: whole(),
          inFlight: whole(),
          oldestDueAt: orNull(moment()),
          pausedUntil: orNull(moment()),
          lastSuccessAt: orNull(moment()),
          serving: flag(),
          breaker: oneOf(['closed', 'open', 'probing']),
          callLimit: whole(),
          callsPerSecond: whole(),
          recentCalls: whole(),
          failurePercent: orNull(whole()),
          p50Ms: orNull(whole()),
          p95Ms: orNull(whole()),
          maintenance: list(object({ from: moment(), until: moment() })),
        }),
      ),
    ),
    nextCursor: nothing(),
  }),
);
export type AgencyPage = Of<typeof AgencyPageShape>;

export const DeathRecordedShape = named(
  'DeathRecorded',
  object({ applicationId: uuid(), newbornIndex: whole(), deathReportedAt: moment() }),
);
export type DeathRecorded = Of<typeof DeathRecordedShape>;

export const CaseHandedOverShape = named(
  'CaseHandedOver',
  object({ applicationId: uuid(), parent: oneOf(['mother', 'father']) }),
);
export type CaseHandedOver = Of<typeof CaseHandedOverShape>;

export const DeathRetractedShape = named(
  'DeathRetracted',
  object({
    applicationId: uuid(),
    newbornIndex: whole(),
    steps: list(object({ stepId: uuid(), code: oneOf(STEP_CODES), state: oneOf(STEP_STATES), reason: oneOf(REASONS) })),
  }),
);
export type DeathRetracted = Of<typeof DeathRetractedShape>;

export const ParentDeathRecordedShape = named(
  'ParentDeathRecorded',
  object({ applicationId: uuid(), parent: oneOf(['mother', 'father']) }),
);
export type ParentDeathRecorded = Of<typeof ParentDeathRecordedShape>;

export const ParentDeathRetractedShape = named(
  'ParentDeathRetracted',
  object({
    applicationId: uuid(),
    parent: oneOf(['mother', 'father']),
    isAsked: flag(),
  }),
);
export type ParentDeathRetracted = Of<typeof ParentDeathRetractedShape>;

export const GuardianNamedShape = named(
  'GuardianNamed',
  object({ applicationId: uuid(), token: text('Shown once; for the guardian alone'), expiresAt: moment() }),
);
export type GuardianNamed = Of<typeof GuardianNamedShape>;

export const CaseProtectedShape = named('CaseProtected', object({ applicationId: uuid(), isProtected: flag() }));
export type CaseProtected = Of<typeof CaseProtectedShape>;

export const RecordLinkedShape = named(
  'RecordLinked',
  object({ applicationId: uuid(), newbornIndex: whole(), mother: oneOf(MOTHER_UNABLE) }),
);
export type RecordLinked = Of<typeof RecordLinkedShape>;

export const StepActedShape = named(
  'StepActed',
  object({ stepId: uuid(), state: orNull(oneOf(STEP_STATES)), version: whole() }),
);
export type StepActed = Of<typeof StepActedShape>;
