import { CODE_CLASSES } from '@birth/domain';
import { date, list, named, object, type Of, oneOf, optional, orNull, text, whole } from '@birth/platform';

const RefusalShape = object({
  reason: text(),
  legalBasis: text(),
  documentNumber: text(),
  office: text(),
  remedy: text(),
});

const PaymentDueShape = named(
  'PaymentDue',
  object({
    noticeNumber: text('The agency’s number of what is to be paid'),
    amountFen: whole(),
    payBy: orNull(date()),
    previousFen: orNull(whole()),
  }),
);

export const AgencyCodeShape = named(
  'AgencyCodeMeaning',
  object({
    code: text('The agency’s own, as its dictionary names it'),
    class: oneOf(CODE_CLASSES),
    meaning: text(),
    next: text('What is to be done, and by whom'),
  }),
);
export type AgencyCodeView = Of<typeof AgencyCodeShape>;

export const AgencyTextShape = named(
  'AgencyText',
  object({
    text: text('What the agency wrote'),
    words: optional(text('What the agency’s code means, in plain words')),
    agencyCode: optional(AgencyCodeShape),
    fields: optional(list(text('What a correction may change: pointers into the newborn’s form'))),
    refusal: optional(RefusalShape),
    payment: optional(PaymentDueShape),
  }),
);
export type AgencyTextView = Of<typeof AgencyTextShape>;
