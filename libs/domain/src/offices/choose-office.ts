import type { ApplicationForm, NewbornForm } from '../form';
import type { AgencyCode, OfficeKind, ServiceCode } from '../vocabulary';
import type { Office } from './office';

export interface OfficeChoice {
  step: ServiceCode;
  agency: AgencyCode;
  officeKind: OfficeKind;
  form: ApplicationForm;
  newborn: NewbornForm;
  /** Of the hospital's record or of the claimed birth; null for births elsewhere. */
  birthOfficeCode: string | null;
}

/** An agency outside the county: known by its kind alone until the family brings its answer. */
export const outsideOffice = (agency: AgencyCode): Office => ({
  code: 'OUTSIDE',
  agency,
  kind: 'outside_agency',
  name: '县外经办机构',
  socialCreditCode: '',
  town: '',
  address: '',
  phone: '12345',
  hours: '',
  dutyPerson: '',
  deputy: '',
  answerMode: 'api',
  assumed: true,
});

/** Policy P2: certificate = institution of birth · vaccination = chosen unit · household = its town's station · insurance = town desk · card = bank. */
export function chooseOffice(choice: OfficeChoice, offices: readonly Office[]): Office {
  if (choice.officeKind === 'outside_agency') return outsideOffice(choice.agency);
  const own = offices.filter((office) => office.agency === choice.agency && office.kind === choice.officeKind);
  const named = own.find((office) => isNamed(office, choice));
  const found = named ?? own.find((office) => isOfTown(office, choice)) ?? own[0];
  return found ?? outsideOffice(choice.agency);
}

/** Of the town where the child is insured, else the county's own hall. */
export function taxOfficeOf(region: string, offices: readonly Office[]): Office {
  const halls = offices.filter(({ agency, kind }) => agency === 'tax-administration' && kind === 'tax_hall');
  return halls.find(({ town }) => town === region.slice(0, 9)) ?? halls[0] ?? outsideOffice('tax-administration');
}

/** The very office that the family or the hospital's record names. */
function isNamed(office: Office, { step, newborn, birthOfficeCode }: OfficeChoice): boolean {
  switch (step) {
    case 'birth_certificate':
      return office.code === birthOfficeCode;
    case 'vaccination':
      return office.code === newborn.vaccination?.unitOfficeCode;
    case 'medical_insurance':
      return office.code === newborn.insurance?.townUnit;
    case 'social_security_card':
      return office.bankCode === newborn.card?.bankCode;
    case 'household_registration':
      return false;
  }
}

const isOfTown = (office: Office, { step, newborn }: OfficeChoice): boolean =>
  (step === 'household_registration' && office.town === newborn.household?.region) ||
  (step === 'medical_insurance' && office.town === newborn.insurance?.region);
