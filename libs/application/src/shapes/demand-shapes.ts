import { AGENCIES, ANSWER_KINDS, DEMAND_DECISIONS, DEMANDS } from '@birth/domain';
import { list, moment, named, object, oneOf, type Of, optional, orNull, text, uuid, whole } from '@birth/platform';
import { AgencyTextShape } from './agency-text-shape';
import { taskFields } from './task-fields';

/** For the family while it waits; what the agency wrote is added for clerks of the step. */
export const HeldBackShape = named(
  'HeldBack',
  object({
    demands: list(oneOf(DEMANDS)),
    notices: list(text('That the paper is not needed')),
    answerBy: moment(),
    kind: optional(oneOf(ANSWER_KINDS)),
    agencyText: optional(AgencyTextShape),
  }),
);
export type HeldBackView = Of<typeof HeldBackShape>;

export const DemandReportShape = named(
  'DemandReport',
  object({
    demand: oneOf(DEMANDS),
    note: orNull(text()),
    notice: text('That the paper is not needed'),
    reportedAt: moment(),
    answerBy: moment(),
    decision: orNull(oneOf(DEMAND_DECISIONS)),
  }),
);
export type DemandReportView = Of<typeof DemandReportShape>;

export const DemandsShape = named(
  'Demands',
  object({
    year: whole(),
    offices: list(
      named(
        'DemandCount',
        object({
          agency: oneOf(AGENCIES),
          agencyName: text(),
          officeCode: text(),
          officeName: orNull(text()),
          demand: oneOf(DEMANDS),
          found: whole(),
          reported: whole(),
          open: whole(),
          released: whole(),
        }),
      ),
    ),
    open: list(
      named('OpenDemand', object({ ...taskFields, stepId: orNull(uuid()), applicationId: uuid(), caseNumber: text() })),
    ),
  }),
);
export type DemandsView = Of<typeof DemandsShape>;
