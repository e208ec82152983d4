import { isCountry, isEthnicity } from '@birth/standards';
import type { ApplicationForm, ParentForm } from '../form';
import type { FormContext } from './check-form';
import type { Findings } from './finding';

const MOBILE = /^1[3-9]\d{9}$/;

export function checkParents({ mother, father }: ApplicationForm, errors: Findings): void {
  if (mother === null && father === null) errors.add('/mother', 'parent_missing');
  if (mother !== null) checkParent('/mother', mother, 'female', errors);
  if (father !== null) checkParent('/father', father, 'male', errors);
  const isSame = mother !== null && father !== null && isSamePerson(mother, father);
  errors.addIf(isSame, '/father/identity/number', 'parents_are_same');
}

const isSamePerson = (one: ParentForm, other: ParentForm): boolean =>
  one.identity.type === other.identity.type &&
  one.identity.number === other.identity.number &&
  one.identity.number !== '';

export function checkParent(pointer: string, parent: ParentForm, sex: 'male' | 'female', errors: Findings): void {
  const read = errors.identity(`${pointer}/identity`, parent.identity);
  if (read !== null) errors.addIf(read.sex !== sex, `${pointer}/identity/number`, 'sex_mismatch');
  errors.addIf(!isEthnicity(parent.ethnicity), `${pointer}/ethnicity`, 'unknown_code');
  errors.addIf(!isCountry(parent.nationality), `${pointer}/nationality`, 'unknown_code');
  errors.addIf(!MOBILE.test(parent.mobile), `${pointer}/mobile`, 'bad_mobile');
  errors.region(`${pointer}/household/region`, parent.household.region);
  errors.region(`${pointer}/residence/region`, parent.residence.region);
}

/** Who files is who the token says; a parent who files is the parent in the form; an agent brings the authorisation. */
export function checkApplicant(form: ApplicationForm, context: FormContext, errors: Findings): void {
  const { role, identity, mobile, authorisation } = form.applicant;
  errors.identity('/applicant/identity', identity);
  errors.addIf(!MOBILE.test(mobile), '/applicant/mobile', 'bad_mobile');
  const { verifiedIdentityNumber: verified } = context;
  errors.addIf(
    verified !== undefined && verified !== identity.number,
    '/applicant/identity/number',
    'applicant_not_verified',
  );
  if (role === 'agent') errors.addIf(!authorisation, '/applicant/authorisation', 'missing');
  if (role !== 'mother' && role !== 'father') return;
  const parent = form[role];
  errors.addIf(parent?.identity.number !== identity.number, '/applicant/role', 'applicant_not_parent');
}
