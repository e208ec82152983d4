import { isCountry, isEthnicity } from '@birth/standards';
import { type ApplicationForm, hasParentDied, type ParentForm } from '../form';
import { isProof, isSamePerson } from '../same-person';
import type { FormContext } from './check-form';
import type { Findings } from './finding';

export const MOBILE = /^1[3-9]\d{9}$/;

export function checkParents({ mother, father }: ApplicationForm, errors: Findings): void {
  if (mother === null && father === null) errors.add('/mother', 'parent_missing');
  if (mother !== null) checkParent('/mother', mother, 'female', errors);
  if (father !== null) checkParent('/father', father, 'male', errors);
  const isSame = mother !== null && father !== null && isSamePerson(mother.identity, father.identity);
  errors.addIf(isSame, '/father/identity/number', 'parents_are_same');
}

export function checkParent(pointer: string, parent: ParentForm, sex: 'male' | 'female', errors: Findings): void {
  const read = errors.identity(`${pointer}/identity`, parent.identity);
  if (read !== null) errors.addIf(read.sex !== sex, `${pointer}/identity/number`, 'sex_mismatch');
  errors.addIf(!isEthnicity(parent.ethnicity), `${pointer}/ethnicity`, 'unknown_code');
  errors.addIf(!isCountry(parent.nationality), `${pointer}/nationality`, 'unknown_code');
  const needsNoMobile = hasParentDied(parent) && parent.mobile === '';
  errors.addIf(!needsNoMobile && !MOBILE.test(parent.mobile), `${pointer}/mobile`, 'bad_mobile');
  errors.region(`${pointer}/household/region`, parent.household.region);
  errors.region(`${pointer}/residence/region`, parent.residence.region);
}

/** 中国公民民族成份登记管理办法 (2016) art. 5: the father's or the mother's; foreigners have none. */
export function isEthnicityOfParent(ethnicity: string, parents: readonly (ParentForm | null)[]): boolean {
  const own = parents.filter((parent) => parent?.nationality === 'CHN').map((parent) => parent?.ethnicity);
  return own.length === 0 || own.includes(ethnicity);
}

/** Who files is who the token says; a parent who files is the parent in the form; an agent brings the authorisation. */
export function checkApplicant(form: ApplicationForm, context: FormContext, errors: Findings): void {
  const { role, identity, mobile } = form.applicant;
  errors.identity('/applicant/identity', identity);
  errors.addIf(!MOBILE.test(mobile), '/applicant/mobile', 'bad_mobile');
  checkProof(form, context, errors);
  if (role === 'agent') checkAuthorisation(form, context, errors);
  if (role !== 'mother' && role !== 'father') return;
  const parent = form[role];
  const isParent = parent !== null && isSamePerson(parent.identity, identity);
  errors.addIf(!isParent, '/applicant/role', 'applicant_not_parent');
  errors.addIf(Boolean(parent?.absence), `/${role}/absence`, 'applicant_is_absent');
}

/** Nobody files for a child without having shown who he or she is. */
function checkProof({ applicant }: ApplicationForm, { verifiedIdentity }: FormContext, errors: Findings): void {
  if (verifiedIdentity === null || !isProof(verifiedIdentity)) {
    return errors.add('/applicant/identity', 'identity_not_verified');
  }
  const isSelf = isSamePerson(verifiedIdentity, applicant.identity);
  errors.addIf(!isSelf, '/applicant/identity/number', 'applicant_not_verified');
}

function checkAuthorisation({ applicant }: ApplicationForm, context: FormContext, errors: Findings): void {
  if (!applicant.authorisation) return errors.add('/applicant/authorisation', 'missing');
  errors.addIf(!context.isAuthorisationKept, '/applicant/authorisation', 'unknown_material');
}
