import { FERTILITY_STATES } from '@birth/domain';
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
  orNull,
  text,
  uuid,
  whole,
} from '@birth/platform';

const standing = {
  id: uuid(),
  receiptNumber: text(),
  state: oneOf(FERTILITY_STATES),
  owner: oneOf(['office', 'applicant', 'coordinator', 'platform']),
  nextAt: orNull(moment()),
  escalated: flag(),
  version: whole(),
  declaredAt: moment(),
};

const ParentShape = named(
  'FertilityParent',
  object({
    name: text(),
    identity: object({
      type: oneOf([
        'resident_id_card',
        'passport',
        'hk_macao_permit',
        'taiwan_permit',
        'foreign_residence_permit',
        'none',
      ]),
      number: text(),
    }),
    nationality: text('GB/T 2659'),
    mobile: text(),
    household: object({ region: text('GB/T 2260') }),
    residence: object({ region: text('GB/T 2260') }),
  }),
);

export const FertilityShape = named(
  'FertilityRegistration',
  object({
    ...standing,
    words: text(),
    office: object({
      code: text(),
      name: orNull(text()),
      phone: orNull(text()),
      address: orNull(text()),
      hours: orNull(text()),
    }),
    note: orNull(text('The office’s words')),
    evidence: list(uuid()),
    form: object({
      declarant: oneOf(['mother', 'father']),
      mother: ParentShape,
      father: orNull(ParentShape),
      expectedOn: orNull(date()),
      bornOn: orNull(date()),
      parity: whole(),
      officeBy: oneOf(['mother_household', 'father_household', 'residence']),
    }),
  }),
);
export type FertilityView = Of<typeof FertilityShape>;

const ListedShape = named('FertilityListItem', object({ ...standing, officeCode: text() }));
export type FertilityListed = Of<typeof ListedShape>;
export const FertilityListShape = named('FertilityList', object({ items: list(ListedShape), nextCursor: nothing() }));
export type FertilityList = Of<typeof FertilityListShape>;
export const FertilityPageShape = named(
  'FertilityPage',
  object({ items: list(ListedShape), nextCursor: orNull(uuid()) }),
);
export type FertilityPage = Of<typeof FertilityPageShape>;

const MaskedParentShape = orNull(object({ name: text(), identityNumber: text() }));
export const FertilityClerkShape = named(
  'FertilityForClerks',
  object({
    ...standing,
    officeCode: text(),
    declared: object({
      declarant: oneOf(['mother', 'father']),
      parity: whole(),
      expectedOn: orNull(date()),
      bornOn: orNull(date()),
      mother: MaskedParentShape,
      father: MaskedParentShape,
    }),
    evidence: whole(),
    note: orNull(text()),
    events: list(
      object({
        type: text(),
        fromState: orNull(oneOf(FERTILITY_STATES)),
        toState: oneOf(FERTILITY_STATES),
        actor: oneOf(['applicant', 'clerk', 'platform']),
        at: moment(),
      }),
    ),
  }),
);
export type FertilityForClerks = Of<typeof FertilityClerkShape>;
