import { list, named, object, optional, text } from '@birth/platform';

const RefusalShape = object({
  reason: text(),
  legalBasis: text(),
  documentNumber: text(),
  office: text(),
  remedy: text(),
});

export const AgencyTextShape = named(
  'AgencyText',
  object({
    text: text('What the agency wrote'),
    fields: optional(list(text('What a correction may change: pointers into the newborn’s form'))),
    refusal: optional(RefusalShape),
  }),
);
