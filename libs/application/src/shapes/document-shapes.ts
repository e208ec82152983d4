import { STEP_CODES } from '@birth/domain';
import { date, flag, list, named, object, oneOf, type Of, orNull, record, text, whole } from '@birth/platform';
import { DOCUMENT_IDS } from '../documents/printed-case';
import { SHOWN_STATES } from './case-shapes';

export const DOCUMENT_MEDIA_TYPE = 'application/pdf';

export const DocumentListShape = named(
  'DocumentList',
  object({
    items: list(
      object({
        id: text(
          '`receipt`, `completion-list`, or the step whose e-licence it is; a `link` is shown by its issuer alone',
        ),
        kind: oneOf([...DOCUMENT_IDS, 'licence', 'link']),
        name: text(),
        issuer: orNull(text('null: a paper of ours, and no licence')),
        isReady: flag(),
        link: orNull(object({ url: text(), how: text() })),
      }),
    ),
  }),
);
export type DocumentList = Of<typeof DocumentListShape>;

export const ReceiptCheckShape = named(
  'ReceiptCheck',
  object({
    isGenuine: flag(),
    receipt: orNull(
      object({
        caseNumber: text(),
        printedOn: date(),
        results: list(
          object({
            newborn: whole(),
            service: oneOf(STEP_CODES),
            serviceName: text(),
            state: oneOf(SHOWN_STATES),
            stateName: text(),
          }),
        ),
      }),
    ),
  }),
);
export type ReceiptCheck = Of<typeof ReceiptCheckShape>;

export const ReceiptKeysShape = named('ReceiptKeys', object({ keys: list(record(text())) }));

export const EntitlementListShape = named(
  'EntitlementList',
  object({
    items: list(
      object({
        code: text(),
        name: text(),
        what: text(),
        office: text(),
        until: orNull(date()),
        source: text('Law or notice'),
        publishedOn: date(),
        assumed: flag(),
      }),
    ),
  }),
);
export type EntitlementList = Of<typeof EntitlementListShape>;
