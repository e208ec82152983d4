import { isCountry, isRegionCode } from '@birth/standards';
import { type Finding, Findings } from '../form-rules/finding';
import type { IdentityDocument } from '../form';

/** What a family declares. Dates YYYY-MM-DD, regions GB/T 2260. Marriage is not asked. */
export interface FertilityForm {
  declarant: 'mother' | 'father';
  mother: FertilityParent;
  father: FertilityParent | null;
  /** Before the birth the expected date, after it the date of birth. */
  expectedOn: string | null;
  bornOn: string | null;
  /** 孩次 as declared; any number is registered. */
  parity: number;
  /** Whose place decides the office. */
  officeBy: 'mother_household' | 'father_household' | 'residence';
}

export interface FertilityParent {
  name: string;
  identity: IdentityDocument;
  nationality: string;
  mobile: string;
  household: { region: string };
  residence: { region: string };
}

const MOBILE = /^1[3-9]\d{9}$/;

/** Findings with pointers; `verifiedNumber` is the ID number of the caller's token, `today` a date in Asia/Shanghai. */
export function checkFertility(form: FertilityForm, verifiedNumber: string | undefined, today: string): Finding[] {
  const findings = new Findings();
  checkParent('/mother', form.mother, 'female', findings);
  if (form.father !== null) checkParent('/father', form.father, 'male', findings);
  checkDates(form, today, findings);
  const declarant = form[form.declarant];
  findings.addIf(declarant === null, `/${form.declarant}`, 'missing');
  findings.addIf(
    declarant !== null && declarant.identity.number !== verifiedNumber,
    `/${form.declarant}/identity/number`,
    'applicant_not_verified',
  );
  findings.addIf(form.officeBy === 'father_household' && form.father === null, '/officeBy', 'unknown_code');
  return findings.items;
}

function checkParent(pointer: string, parent: FertilityParent, sex: 'male' | 'female', findings: Findings): void {
  const read = findings.identity(`${pointer}/identity`, parent.identity);
  if (read !== null) findings.addIf(read.sex !== sex, `${pointer}/identity/number`, 'sex_mismatch');
  findings.addIf(!MOBILE.test(parent.mobile), `${pointer}/mobile`, 'bad_mobile');
  findings.addIf(!isCountry(parent.nationality), `${pointer}/nationality`, 'unknown_code');
  for (const place of ['household', 'residence'] as const) {
    findings.addIf(!isRegionCode(parent[place].region), `${pointer}/${place}/region`, 'unknown_code');
  }
}

function checkDates({ expectedOn, bornOn }: FertilityForm, today: string, findings: Findings): void {
  findings.addIf(expectedOn === null && bornOn === null, '/expectedOn', 'missing');
  findings.addIf(expectedOn !== null && bornOn !== null, '/expectedOn', 'birth_given_twice');
  findings.addIf(bornOn !== null && bornOn > today, '/bornOn', 'birth_in_future');
}

/** Region of the town or street whose office takes the declaration. */
export function fertilityRegion({ declarant, mother, father, officeBy }: FertilityForm): string {
  if (officeBy === 'mother_household') return mother.household.region;
  if (officeBy === 'father_household') return (father ?? mother).household.region;
  return (declarant === 'father' && father !== null ? father : mother).residence.region;
}
