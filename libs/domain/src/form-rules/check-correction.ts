import { checkName, isCountry, isEthnicity } from '@birth/standards';
import type { CardForm, HouseholdWish, InsuranceWish, ParentForm, VaccinationWish } from '../form';
import type { Office } from '../offices/office';
import { checkParent } from './check-people';
import { type Finding, Findings } from './finding';

/** Sections of a case as they would stand after the family's correction; null or absent: not there. */
export interface CorrectedSections {
  name?: { surname: string; given: string; surnameSource: string } | null;
  origin?: { ethnicity: string; nationality: string };
  mother?: ParentForm | null;
  father?: ParentForm | null;
  vaccination?: VaccinationWish | null;
  household?: HouseholdWish | null;
  insurance?: InsuranceWish | null;
  card?: CardForm | null;
}

/** Closed sets of the joint form, by pointer. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  '/name/surnameSource': ['father', 'mother', 'other_lineal', 'fosterer', 'other_reason', 'minority_custom'],
  '/household/follows': ['mother', 'father', 'special'],
  '/household/kind': ['family', 'collective'],
  '/household/head/relationToFollowed': ['self', 'spouse', 'parent', 'parent_in_law', 'grandparent', 'other'],
  '/insurance/mode': ['independent', 'with_guardian'],
  '/insurance/basis': ['citizen_id', 'birth_certificate'],
  '/card/pickup': ['counter', 'mail'],
};

/** A corrected section keeps the rules of the form that was filed. Pointers and codes, never values. */
export function checkCorrection(sections: CorrectedSections, offices: readonly Office[]): Finding[] {
  const errors = new Findings();
  for (const [pointer, allowed] of Object.entries(CHOICES)) {
    const value = valueAt(sections, pointer);
    errors.addIf(typeof value === 'string' && !allowed.includes(value), pointer, 'unknown_code');
  }
  if (sections.name) {
    for (const { part, code } of checkName(sections.name.surname, sections.name.given).hard) {
      errors.add(`/name/${part}`, `name_${code}`);
    }
  }
  if (sections.mother) checkParent('/mother', sections.mother, 'female', errors);
  if (sections.father) checkParent('/father', sections.father, 'male', errors);
  checkPlaces(sections, offices, errors);
  return errors.items;
}

function checkPlaces(sections: CorrectedSections, offices: readonly Office[], errors: Findings): void {
  const { origin, household, vaccination, insurance, card } = sections;
  errors.addIf(origin !== undefined && !isEthnicity(origin.ethnicity), '/origin/ethnicity', 'unknown_code');
  errors.addIf(origin !== undefined && !isCountry(origin.nationality), '/origin/nationality', 'unknown_code');
  if (household) {
    errors.region('/household/region', household.region);
    errors.residentId('/household/head/identityNumber', household.head.identityNumber);
  }
  if (insurance) errors.region('/insurance/region', insurance.region);
  if (vaccination) {
    errors.region('/vaccination/residenceRegion', vaccination.residenceRegion);
    const isUnit = offices.some((office) => office.code === vaccination.unitOfficeCode);
    errors.addIf(!isUnit, '/vaccination/unitOfficeCode', 'unknown_code');
  }
  const isBank = !card || offices.some((office) => office.bankCode === card.bankCode);
  errors.addIf(!isBank, '/card/bankCode', 'unknown_code');
}

const valueAt = (value: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((found, key) => (found as Record<string, unknown> | null | undefined)?.[key], value);
