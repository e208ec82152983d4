import { checkName, isBirthCertificateNumber, isCountry, isEthnicity } from '@birth/standards';
import {
  type ApplicantForm,
  type CardForm,
  type HouseholdWish,
  type InsuranceWish,
  PARENT_ABSENCES,
  type ParentForm,
  type VaccinationWish,
} from '../form';
import type { Office } from '../offices/office';
import { isSamePerson } from '../same-person';
import { checkParent, isEthnicityOfParent, MOBILE } from './check-people';
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
  existing?: { birthCertificateNumber: string | null; residentIdNumber: string | null };
  applicant?: ApplicantForm;
}

const IDENTITY_TYPES = [
  'resident_id_card',
  'passport',
  'hk_macao_permit',
  'taiwan_permit',
  'foreign_residence_permit',
  'none',
] as const;
const HOUSEHOLD_KINDS = ['family', 'collective', 'military', 'none'] as const;

/** Closed sets of the joint form, by pointer. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  '/mother/identity/type': IDENTITY_TYPES,
  '/mother/household/kind': HOUSEHOLD_KINDS,
  '/father/identity/type': IDENTITY_TYPES,
  '/father/household/kind': HOUSEHOLD_KINDS,
  '/mother/absence': PARENT_ABSENCES,
  '/father/absence': PARENT_ABSENCES,
  '/name/surnameSource': ['father', 'mother', 'other_lineal', 'fosterer', 'other_reason', 'minority_custom'],
  '/household/follows': ['mother', 'father', 'special'],
  '/household/kind': ['family', 'collective'],
  '/household/head/relationToFollowed': ['self', 'spouse', 'parent', 'parent_in_law', 'grandparent', 'other'],
  '/insurance/mode': ['independent', 'with_guardian'],
  '/insurance/basis': ['citizen_id', 'birth_certificate'],
  '/card/pickup': ['counter', 'mail'],
};

/** A corrected section keeps the rules of the form that was filed. Pointers and codes, never values. */
export function checkCorrection(
  sections: CorrectedSections,
  stored: CorrectedSections,
  offices: readonly Office[],
): Finding[] {
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
  if (errors.items.length === 0) checkPeople({ ...stored, ...sections }, errors);
  if (errors.items.length === 0) checkEthnicity({ ...stored, ...sections }, errors);
  checkNumbers(sections, errors);
  checkPlaces(sections, offices, errors);
  return errors.items;
}

/** The parent who files stays who the sign-in says; the parents stay two people. */
function checkPeople({ mother, father, applicant }: CorrectedSections, errors: Findings): void {
  if (applicant?.role === 'mother' || applicant?.role === 'father') {
    const parent = applicant.role === 'mother' ? mother : father;
    const isParent = !parent || isSamePerson(parent.identity, applicant.identity);
    errors.addIf(!isParent, `/${applicant.role}/identity/number`, 'applicant_not_parent');
  }
  const isSame = Boolean(mother && father && isSamePerson(mother.identity, father.identity));
  errors.addIf(isSame, '/father/identity/number', 'parents_are_same');
}

/** The child's stays one of its parents', whichever of the three was corrected. */
function checkEthnicity({ origin, mother = null, father = null }: CorrectedSections, errors: Findings): void {
  const isOwn = origin === undefined || isEthnicityOfParent(origin.ethnicity, [mother, father]);
  errors.addIf(!isOwn, '/origin/ethnicity', 'ethnicity_of_neither_parent');
}

function checkNumbers({ existing, applicant, vaccination, insurance }: CorrectedSections, errors: Findings): void {
  const { birthCertificateNumber: certificate, residentIdNumber } = existing ?? {};
  const isCertificate = !certificate || isBirthCertificateNumber(certificate);
  errors.addIf(!isCertificate, '/existing/birthCertificateNumber', 'bad_format');
  if (residentIdNumber) errors.residentId('/existing/residentIdNumber', residentIdNumber);
  errors.addIf(applicant !== undefined && !MOBILE.test(applicant.mobile), '/applicant/mobile', 'bad_mobile');
  const isMobile = !vaccination || MOBILE.test(vaccination.guardianMobile);
  errors.addIf(!isMobile, '/vaccination/guardianMobile', 'bad_mobile');
  const areYears = !insurance || (insurance.years.length > 0 && insurance.years.length <= 2);
  errors.addIf(!areYears, '/insurance/years', 'year_not_allowed');
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
