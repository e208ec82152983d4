import { date, list, named, object, optional, orNull, text, whole } from '@birth/platform';

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

export const AgencyTextShape = named(
  'AgencyText',
  object({
    text: text('What the agency wrote'),
    fields: optional(list(text('What a correction may change: pointers into the newborn’s form'))),
    refusal: optional(RefusalShape),
    payment: optional(PaymentDueShape),
  }),
);
