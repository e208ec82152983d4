import { APPLICATION_STATUSES, CONSEQUENCES, STEP_CODES } from '@birth/domain';
import {
  date,
  flag,
  list,
  moment,
  named,
  nothing,
  object,
  oneOf,
  type Of,
  optional,
  orNull,
  text,
  uuid,
  whole,
} from '@birth/platform';
import { CONSENT_PURPOSES } from '../ports/case-store';
import { caseFields } from './case-shapes';
import { FindingShape } from './intake-shapes';
import { RatingShape } from './rating-shapes';

const PARENTS = ['mother', 'father'] as const;

export const ConsentShape = named(
  'Consent',
  object({
    id: uuid(),
    parent: oneOf(PARENTS),
    purposes: list(oneOf(CONSENT_PURPOSES)),
    state: oneOf(['open', 'agreed', 'refused', 'replaced', 'expired']),
    via: orNull(oneOf(['online', 'desk'])),
    reason: orNull(text()),
    askedAt: moment(),
    expiresAt: moment(),
    answeredAt: orNull(moment()),
  }),
);
export type ConsentView = Of<typeof ConsentShape>;

export const ConsentToSendShape = named(
  'ConsentToSend',
  object({ id: uuid(), parent: oneOf(PARENTS), token: text('Shown once'), expiresAt: moment() }),
);
export type ConsentToSend = Of<typeof ConsentToSendShape>;

export const ConsentAskedShape = named(
  'ConsentAsked',
  object({
    id: uuid(),
    parent: oneOf(PARENTS),
    purposes: list(oneOf(CONSENT_PURPOSES)),
    state: oneOf(['open', 'agreed', 'refused', 'replaced', 'expired']),
    expiresAt: moment(),
    filedBy: object({ role: oneOf(['mother', 'father', 'guardian', 'agent']), name: text('Masked') }),
    newborns: list(
      object({ index: whole(), bornOn: date(), name: orNull(object({ surname: text(), given: text() })) }),
    ),
  }),
);
export type ConsentAsked = Of<typeof ConsentAskedShape>;
export const ConsentAskedPageShape = named(
  'ConsentAskedPage',
  object({ items: list(ConsentAskedShape), nextCursor: nothing() }),
);
export const ConsentSaidShape = named(
  'ConsentSaid',
  object({ parent: oneOf(PARENTS), state: oneOf(['agreed', 'refused']) }),
);
export type ConsentSaid = Of<typeof ConsentSaidShape>;

const wholeCase = { ...caseFields, caseNumber: text() };

export const CaseShape = named(
  'Case',
  object({
    ...wholeCase,
    consents: optional(list(ConsentShape)),
    rating: optional(orNull(RatingShape)),
    /** Something has ended, and the family has not said how it went. */
    mayRate: optional(flag()),
  }),
);
export type ShownCase = Of<typeof CaseShape>;

export const TrackedCaseShape = named('TrackedCase', object(wholeCase));
export type TrackedCase = Of<typeof TrackedCaseShape>;
export const FiledCaseShape = named(
  'FiledCase',
  object({
    ...wholeCase,
    queryPassword: text('For POST /v1/track; shown once'),
    consents: list(ConsentToSendShape),
  }),
);
export type FiledCase = Of<typeof FiledCaseShape>;

export const NamedCaseShape = named(
  'NamedCase',
  object({ ...wholeCase, warnings: list(FindingShape), consents: list(ConsentToSendShape) }),
);
export type NamedCase = Of<typeof NamedCaseShape>;
export const WarnedCaseShape = named('WarnedCase', object({ ...wholeCase, warnings: list(FindingShape) }));
export const AskedCaseShape = named('AskedCase', object({ ...wholeCase, consent: ConsentToSendShape }));
export type AskedCase = Of<typeof AskedCaseShape>;
export const RatedCaseShape = named('RatedCase', object({ ...wholeCase, rating: orNull(RatingShape) }));
export type RatedCase = Of<typeof RatedCaseShape>;
export const DemandReportedShape = named('DemandReported', object({ ...wholeCase, answerBy: moment() }));
export type DemandReported = Of<typeof DemandReportedShape>;

const ConsequenceShape = named(
  'CorrectionConsequence',
  object({
    stepId: uuid(),
    newbornIndex: whole(),
    code: oneOf(STEP_CODES),
    name: text(),
    what: oneOf(CONSEQUENCES),
    text: text('For people'),
  }),
);
export type ConsequenceView = Of<typeof ConsequenceShape>;
export const CorrectionPreviewShape = named(
  'CorrectionPreview',
  object({ stepId: uuid(), consequences: list(ConsequenceShape) }),
);
export type CorrectionPreview = Of<typeof CorrectionPreviewShape>;
export const CorrectedCaseShape = named(
  'CorrectedCase',
  object({ ...wholeCase, consequences: list(ConsequenceShape) }),
);
export type CorrectedCase = Of<typeof CorrectedCaseShape>;
export const CaseTakenOverShape = named('CaseTakenOver', object({ applicationId: uuid(), caseNumber: text() }));
export type CaseTakenOver = Of<typeof CaseTakenOverShape>;

const WithdrawalShape = named(
  'Withdrawal',
  object({ stepId: uuid(), code: oneOf(STEP_CODES), outcome: oneOf(['withdrawn', 'requested', 'stays']) }),
);
export type Withdrawal = Of<typeof WithdrawalShape>;
export const WithdrawnCaseShape = named('WithdrawnCase', object({ ...wholeCase, withdrawals: list(WithdrawalShape) }));
export type WithdrawnCase = Of<typeof WithdrawnCaseShape>;

export const CaseSummaryShape = named(
  'CaseSummary',
  object({
    id: uuid(),
    caseNumber: text(),
    status: oneOf(APPLICATION_STATUSES),
    filedAt: moment(),
    newborns: whole(),
  }),
);
export const CaseSummaryPageShape = named(
  'CaseSummaryPage',
  object({ items: list(CaseSummaryShape), nextCursor: orNull(uuid()) }),
);
export type CaseSummaryPage = Of<typeof CaseSummaryPageShape>;
