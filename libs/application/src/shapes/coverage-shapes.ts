import { INSURANCE_MODES, PREMIUM_PAYERS } from '@birth/domain';
import { date, list, moment, named, object, oneOf, type Of, orNull, text, whole } from '@birth/platform';

export const CoverageShape = named(
  'Coverage',
  object({
    mode: oneOf(INSURANCE_MODES),
    modeText: text(),
    registeredAt: orNull(moment()),
    endedAt: orNull(moment()),
    years: list(
      object({
        year: whole(),
        payer: oneOf(PREMIUM_PAYERS),
        paidAt: orNull(moment()),
        from: orNull(date()),
        to: orNull(date()),
      }),
    ),
  }),
);
export type CoverageView = Of<typeof CoverageShape>;
