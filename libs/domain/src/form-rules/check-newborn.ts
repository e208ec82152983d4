import { isBirthCertificateNumber, isCountry, isEthnicity, isInYunyang } from '@birth/standards';
import type { ApplicationForm, InsuranceWish, NewbornForm } from '../form';
import { offeredYears } from '../insurance/insured';
import type { PremiumTable } from '../insurance/premiums';
import { isSamePerson } from '../same-person';
import type { ServiceCode } from '../vocabulary';
import type { FormContext, KnownBirth } from './check-form';
import { checkDelivery } from './check-delivery';
import { checkNewbornName } from './check-name';
import { isEthnicityOfParent } from './check-people';
import type { Findings } from './finding';

export interface NewbornCheck {
  form: ApplicationForm;
  newborn: NewbornForm;
  index: number;
  context: FormContext;
}

const INSTITUTIONS = ['hospital', 'maternal_health_unit'];

export function checkNewborn(check: NewbornCheck, errors: Findings, warnings: Findings): void {
  const { form, newborn, index, context } = check;
  const at = `/newborns/${index}`;
  errors.addIf(newborn.outcome === 'stillborn', `${at}/outcome`, 'stillbirth');
  checkBirthSource(newborn, at, errors);
  const birth = context.births[index] ?? null;
  if (birth !== null) checkBirth(birth, check, at, errors);
  checkMother(check, birth, errors);
  checkEthnicity(check, at, errors);
  errors.addIf(!isCountry(newborn.nationality), `${at}/nationality`, 'unknown_code');
  checkNewbornName({ form, newborn, at }, errors, warnings);
  checkWishes(check, at, errors);
  checkDelivery(newborn, at, errors);
  checkExisting(newborn, birth, at, errors);
}

export function checkEthnicity(
  { form: { mother, father }, newborn: { ethnicity } }: Pick<NewbornCheck, 'form' | 'newborn'>,
  at: string,
  errors: Findings,
) {
  if (!isEthnicity(ethnicity)) return errors.add(`${at}/ethnicity`, 'unknown_code');
  errors.addIf(!isEthnicityOfParent(ethnicity, [mother, father]), `${at}/ethnicity`, 'ethnicity_of_neither_parent');
}

/** Exactly one source of the birth; an institution's facts come from the institution (P3). */
function checkBirthSource({ birthRecordId, claimedBirth, birth, existing }: NewbornForm, at: string, errors: Findings) {
  const isIssued = Boolean(existing?.birthCertificateNumber);
  if (birth && (birthRecordId || claimedBirth)) return errors.add(`${at}/birth`, 'hospital_owned_fact');
  if (birth && INSTITUTIONS.includes(birth.place.kind) && !isIssued) {
    return errors.add(`${at}/birth`, 'hospital_owned_fact');
  }
  const given = [birthRecordId, claimedBirth, birth].filter(Boolean).length;
  errors.addIf(given > 1, `${at}/claimedBirth`, 'birth_given_twice');
  errors.addIf(given === 0, `${at}/birthRecordId`, 'birth_missing');
}

function checkBirth(birth: KnownBirth, { newborn, context }: NewbornCheck, at: string, errors: Findings): void {
  const source = newborn.birth ? `${at}/birth` : newborn.claimedBirth ? `${at}/claimedBirth` : `${at}/birthRecordId`;
  const field = newborn.birth ? '/bornAt' : newborn.claimedBirth ? '/bornOn' : '';
  const isFuture = birth.bornOn > context.today || (birth.bornAt ?? 0) > context.now;
  errors.addIf(isFuture, source + field, 'birth_in_future');
  errors.addIf(birth.deliveryOrder > birth.plurality, source, 'delivery_order_above_plurality');
  errors.addIf(birth.outcome === 'stillborn' && newborn.outcome !== 'stillborn', `${at}/outcome`, 'stillbirth');
  errors.region(newborn.birth ? `${at}/birth/place/region` : source, birth.region);
  const isKnownHospital = context.offices.some((office) => office.code === newborn.claimedBirth?.hospitalOfficeCode);
  if (newborn.claimedBirth) errors.addIf(!isKnownHospital, `${at}/claimedBirth/hospitalOfficeCode`, 'unknown_code');
}

/**
 * The mother in the form is the mother in the hospital's record; without her no record can be found (P3), unless the father
 * files and the hospital's desk links it.
 */
function checkMother({ form, newborn }: NewbornCheck, birth: KnownBirth | null, errors: Findings): void {
  if (newborn.claimedBirth && form.mother === null && form.applicant.role !== 'father') {
    return errors.add('/mother', 'mother_needed');
  }
  const recorded = birth?.recordedMother ?? null;
  if (recorded === null) return;
  const isSame = form.mother !== null && isSamePerson(form.mother.identity, recorded);
  errors.addIf(!isSame, '/mother/identity/number', 'mother_differs_from_record');
}

function checkWishes({ form, newborn, index, context }: NewbornCheck, at: string, errors: Findings): void {
  const { services, vaccination, household, insurance, card } = newborn;
  const needs = [
    ['vaccination', vaccination, '/vaccination'],
    ['household_registration', isForeignFamily(form) ? null : household, '/household'],
    ['medical_insurance', insurance, '/insurance'],
    ['social_security_card', card, '/card'],
  ] as const;
  for (const [service, wish, path] of needs) {
    errors.addIf(services.includes(service) && wish === undefined, at + path, 'missing');
  }
  errors.addIf(new Set(services).size !== services.length, `${at}/services`, 'repeated');
  checkOffices(newborn, context, at, errors);
  if (household) checkHousehold(form, household, at, errors);
  errors.addIf(insurance?.years.length === 0, `${at}/insurance/years`, 'missing');
  const isYearWrong = insurance !== undefined && !areYearsAllowed(insurance.years, context, index);
  errors.addIf(isYearWrong, `${at}/insurance/years`, 'year_not_allowed');
  if (insurance) checkPremium(insurance, context.premiums, at, errors);
  checkNumbersAtHand(newborn, at, errors);
}

/** A tier and a subsidised category are those that the county has premiums for (P11). */
function checkPremium(
  { tier, subsidyCategory }: InsuranceWish,
  { premiums, subsidies }: PremiumTable,
  at: string,
  errors: Findings,
): void {
  const hasTier = premiums.some((row) => row.tier === tier);
  errors.addIf(!hasTier, `${at}/insurance/tier`, 'unknown_code');
  const isKnown = !subsidyCategory || subsidies.some(({ category }) => category === subsidyCategory);
  errors.addIf(!isKnown, `${at}/insurance/subsidyCategory`, 'unknown_code');
}

/** No household registration for a child of two foreigners, so nothing to say about it (国籍法 art. 4). */
const isForeignFamily = ({ mother, father }: ApplicationForm): boolean =>
  [mother, father].every((parent) => parent === null || parent.nationality !== 'CHN') && (mother ?? father) !== null;

function checkOffices(
  { vaccination, card, insurance }: NewbornForm,
  { offices }: FormContext,
  at: string,
  errors: Findings,
) {
  const has = (kind: string, matches: (office: (typeof offices)[number]) => boolean) =>
    offices.some((office) => office.kind === kind && matches(office));
  if (vaccination) {
    errors.region(`${at}/vaccination/residenceRegion`, vaccination.residenceRegion);
    const isKnown = has('vaccination_unit', (office) => office.code === vaccination.unitOfficeCode);
    errors.addIf(!isKnown, `${at}/vaccination/unitOfficeCode`, 'unknown_code');
  }
  if (card) {
    errors.addIf(
      !has('bank_outlet', (office) => office.bankCode === card.bankCode),
      `${at}/card/bankCode`,
      'unknown_code',
    );
  }
  if (insurance) {
    errors.region(`${at}/insurance/region`, insurance.region);
    const isDesk = has('insurance_desk', (office) => office.code === insurance.townUnit);
    errors.addIf(isInYunyang(insurance.region) && !isDesk, `${at}/insurance/townUnit`, 'unknown_code');
  }
}

export function checkHousehold(
  form: ApplicationForm,
  household: NonNullable<NewbornForm['household']>,
  at: string,
  errors: Findings,
) {
  errors.region(`${at}/household/region`, household.region);
  errors.residentId(`${at}/household/head/identityNumber`, household.head.identityNumber);
  if (household.follows === 'special') return;
  const followed = form[household.follows];
  if (followed === null) return errors.add(`${at}/household/follows`, 'parent_missing');
  const isSelf = household.head.relationToFollowed === 'self';
  const isOther = isSelf && followed.identity.number !== household.head.identityNumber;
  errors.addIf(isOther, `${at}/household/head/identityNumber`, 'head_is_not_parent');
}

/** The year of birth, and the next one for births shortly before its end (P11). */
function areYearsAllowed(
  years: readonly number[],
  { births, nextYearWithinDays }: FormContext,
  index: number,
): boolean {
  const birth = births[index] ?? null;
  if (birth === null || years.length === 0) return true;
  const offered = offeredYears(birth.bornOn, nextYearWithinDays);
  return years.every((wanted) => offered.includes(wanted));
}

/** What an unrequested earlier service would have brought must be in the form. */
function checkNumbersAtHand({ services, existing = {} }: NewbornForm, at: string, errors: Findings): void {
  const { residentIdNumber, birthCertificateNumber } = existing;
  const asks = (service: ServiceCode): boolean => services.includes(service);
  const hasNumber = Boolean(residentIdNumber) || asks('household_registration');
  const hasCertificate = Boolean(birthCertificateNumber) || asks('birth_certificate');
  errors.addIf(asks('social_security_card') && !hasNumber, `${at}/existing/residentIdNumber`, 'missing');
  // the card system wants the insured person's number: of a child insured before it is looked up by that service
  const isCardAlone = asks('social_security_card') && !asks('medical_insurance');
  errors.addIf(isCardAlone, `${at}/services`, 'card_needs_insurance');
  const isForHousehold = asks('household_registration') && !residentIdNumber;
  const isMissing = !hasCertificate && (isForHousehold || (asks('medical_insurance') && !hasNumber));
  errors.addIf(isMissing, `${at}/existing/birthCertificateNumber`, 'missing');
}

function checkExisting({ existing }: NewbornForm, birth: KnownBirth | null, at: string, errors: Findings): void {
  const { birthCertificateNumber: certificate, residentIdNumber } = existing ?? {};
  if (certificate) {
    errors.addIf(!isBirthCertificateNumber(certificate), `${at}/existing/birthCertificateNumber`, 'bad_format');
  }
  if (!residentIdNumber) return;
  const pointer = `${at}/existing/residentIdNumber`;
  const read = errors.residentId(pointer, residentIdNumber);
  if (read === null || birth === null) return;
  errors.addIf(read.birthDate !== birth.bornOn, pointer, 'birth_date_mismatch');
  errors.addIf(birth.sex !== null && read.sex !== birth.sex, pointer, 'sex_mismatch');
}
