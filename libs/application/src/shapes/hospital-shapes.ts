import { list, named, object, type Of, orNull, text, whole } from '@birth/platform';

export const HospitalsShape = named(
  'Hospitals',
  object({
    year: whole(),
    hospitals: list(
      named(
        'HospitalCount',
        object({
          officeCode: text(),
          officeName: orNull(text()),
          records: whole(),
          late: whole(),
          latestDays: whole(),
          waiting: whole(),
        }),
      ),
    ),
  }),
);
export type HospitalsView = Of<typeof HospitalsShape>;
