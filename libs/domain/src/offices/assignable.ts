import type { StepRecord } from '../case-state';
import type { Office } from './office';

const COUNTY_DIGITS = 6;

/** Why an office may not take a step in place of the one it has (P2); null: it may. */
export function assignmentFault(
  step: StepRecord,
  officeCode: string,
  offices: readonly Office[],
): 'office_unknown' | 'office_unchanged' | 'office_not_suitable' | null {
  const [present, wanted] = [step.officeCode, officeCode].map((code) => offices.find((office) => office.code === code));
  if (wanted === undefined) return 'office_unknown';
  if (wanted.code === step.officeCode) return 'office_unchanged';
  return present !== undefined && mayTake(step, present, wanted) ? null : 'office_not_suitable';
}

/** The institution of birth alone issues the certificate (母婴保健法 art. 23), and a card is of the family's bank. */
function mayTake(step: StepRecord, present: Office, wanted: Office): boolean {
  if (step.code === 'birth_certificate' && step.mode === 'issue') return false;
  const isOfKind = wanted.agency === step.agency && wanted.kind === step.officeKind;
  const isNear = wanted.town.slice(0, COUNTY_DIGITS) === present.town.slice(0, COUNTY_DIGITS);
  return isOfKind && isNear && wanted.bankCode === present.bankCode;
}
