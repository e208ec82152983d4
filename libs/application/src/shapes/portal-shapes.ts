import { RECORD_KINDS, RECORD_SUBJECTS, SERVICE_CODES } from '@birth/domain';
import { flag, list, moment, named, object, oneOf, type Of, orNull, text, uuid, whole } from '@birth/platform';
import { RECORD_STATES } from '../ports/portal-records';

export const PortalCasePageShape = named(
  'PortalCasePage',
  object({
    items: list(
      named(
        'PortalCase',
        object({
          applicationId: uuid(),
          caseNumber: text(),
          portalCaseNumber: text('The portal’s own'),
          filedAt: moment(),
          isClosed: flag(),
          /** Closed, a result made for each service that ended and a record of a rating, and each record acknowledged. */
          isComplete: flag(),
          missing: whole(),
          owed: whole(),
          sent: whole(),
          acknowledged: whole(),
          refused: whole(),
        }),
      ),
    ),
    nextCursor: orNull(uuid()),
  }),
);
export type PortalCasePage = Of<typeof PortalCasePageShape>;

export const PortalRecordsShape = named(
  'PortalRecords',
  object({
    items: list(
      named(
        'PortalRecord',
        object({
          id: uuid(),
          kind: oneOf(RECORD_KINDS),
          about: oneOf(RECORD_SUBJECTS),
          /** Both null of the whole case. */
          code: orNull(oneOf(SERVICE_CODES)),
          newbornIndex: orNull(whole()),
          at: moment(),
          state: oneOf(RECORD_STATES),
          attempts: whole(),
          sentAt: orNull(moment()),
          acknowledgedAt: orNull(moment()),
          nextAt: orNull(moment()),
          refusal: orNull(text('The portal’s own code')),
        }),
      ),
    ),
  }),
);
export type PortalRecordsView = Of<typeof PortalRecordsShape>;
