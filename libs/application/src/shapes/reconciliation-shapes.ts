import { AGENCIES, CURES, DIFFERENCE_KINDS, RECORD_STANDINGS } from '@birth/domain';
import { flag, list, moment, named, object, oneOf, type Of, orNull, text, uuid, whole } from '@birth/platform';
import { RECONCILED_BY, RUN_STATES } from '../ports/reconciliation-store';

export const ReconciliationAskedShape = named('ReconciliationAsked', object({ id: uuid(), agency: oneOf(AGENCIES) }));
export type ReconciliationAsked = Of<typeof ReconciliationAskedShape>;

const RunShape = named(
  'ReconciliationRun',
  object({
    id: uuid(),
    agency: oneOf(AGENCIES),
    agencyName: text(),
    day: text('Day in Asia/Shanghai'),
    isNightly: flag(),
    state: oneOf(RUN_STATES),
    askedAt: moment(),
    endedAt: orNull(moment()),
    by: orNull(oneOf(RECONCILED_BY)),
    ours: whole(),
    theirs: whole(),
    asked: whole(),
    differences: list(named('DifferenceCount', object({ kind: oneOf(DIFFERENCE_KINDS), count: whole() }))),
    failure: orNull(text('Name of what broke the agreed interface, or a code')),
  }),
);

const OpenDifferenceShape = named(
  'OpenDifference',
  object({
    id: uuid(),
    agency: oneOf(AGENCIES),
    agencyName: text(),
    officeCode: orNull(text()),
    kind: oneOf(DIFFERENCE_KINDS),
    words: text('What differs'),
    cure: oneOf(CURES),
    cureWords: text('What is proposed'),
    stepId: orNull(uuid()),
    applicationId: orNull(uuid()),
    caseNumber: orNull(text()),
    ours: orNull(oneOf(RECORD_STANDINGS)),
    theirs: orNull(oneOf(RECORD_STANDINGS)),
    unknown: orNull(named('UnknownRequest', object({ key: orNull(text()), receipt: orNull(text()) }))),
    foundAt: moment(),
    seenAt: moment(),
    dueAt: moment(),
  }),
);

export const ReconciliationsShape = named(
  'Reconciliations',
  object({ runs: list(RunShape), open: list(OpenDifferenceShape) }),
);
export type ReconciliationsView = Of<typeof ReconciliationsShape>;
