import { type AgencyAnswer, AgencyContractBroken, type StepResults, type SubmissionRequest } from '@birth/application';
import { codeName } from '../kit/codes';
import { certificateOf, nameOf, residentIdOf } from '../kit/known-numbers';
import { type FieldNames, formPointers } from '../kit/form-pointers';
import { type DocumentCodes, documentNumber } from '../kit/identity-codes';
import { readTime, toLocalText, untilOf } from '../kit/local-time';
import { guardianOf } from '../kit/living-guardian';
import { broken } from '../kit/parse';
import type { InsuredPerson, PreCheck, RegistrationState } from './medical-insurance.schema';

export const MEDICAL_INSURANCE_SECTIONS = [
  'birth',
  'name',
  'mother',
  'father',
  'applicant',
  'insurance',
  'existing',
  'results',
] as const;
export type MedicalInsuranceRequest = SubmissionRequest<(typeof MEDICAL_INSURANCE_SECTIONS)[number]>;

const GUARDIAN_DOCUMENTS: DocumentCodes = {
  resident_id_card: '01',
  passport: '03',
  hk_macao_permit: '99',
  taiwan_permit: '99',
  foreign_residence_permit: '99',
  none: '99',
};
export const INSURED_NOW = codeName('psn_insu_stas', '1');
const RESIDENT_INSURANCE = '390';
const CERTIFICATE = '15';
const CITIZEN = '01';

/** By the ID number, or by the birth certificate where the number is not there yet (policy P11). */
export function identityOf(request: MedicalInsuranceRequest) {
  const { isByCertificate, certno } = numberOf(request);
  if (certno === null || request.sections.name === null) {
    throw new AgencyContractBroken('sent without number or name', 'platform');
  }
  return {
    psn_cert_type: isByCertificate ? CERTIFICATE : CITIZEN,
    certno,
    psn_name: nameOf(request.sections),
  };
}

function numberOf({ basis, sections }: MedicalInsuranceRequest) {
  const residentId = residentIdOf(sections);
  const isByCertificate = basis === 'birth_certificate' || residentId === null;
  return { isByCertificate, certno: isByCertificate ? certificateOf(sections) : residentId };
}

/** Before any number of the child is known there is nobody to ask for. */
export const canBeAsked = (request: MedicalInsuranceRequest): boolean =>
  request.sections.name !== null && numberOf(request).certno !== null;

export function preCheckOf(request: MedicalInsuranceRequest) {
  const { region, years } = wish(request);
  return {
    ...identityOf(request),
    insu_admdvs: region.slice(0, 6),
    insutype: RESIDENT_INSURANCE,
    years: years.map(String),
  };
}

export function registrationOf(request: MedicalInsuranceRequest) {
  const { birth } = request.sections;
  const { mode, tier, subsidyCategory } = wish(request);
  const guardian = guardianOf(request.sections);
  return {
    bizsn: request.key,
    supplement_of: request.earlierReceipt,
    ...preCheckOf(request),
    gend: birth.sex === 'male' ? '1' : '2',
    brdy: toLocalText(Date.parse(birth.bornAt)).slice(0, 10),
    emp_no: request.officeCode,
    insu_mode: mode === 'independent' ? '1' : '2',
    paylv: tier,
    subs_type: subsidyCategory ?? null,
    grdn_name: guardian.name,
    grdn_cert_type: GUARDIAN_DOCUMENTS[guardian.identity.type],
    grdn_certno: documentNumber(guardian.identity),
    grdn_tel: guardian.mobile,
  };
}

function wish({ sections: { insurance } }: MedicalInsuranceRequest) {
  if (insurance === null) throw new AgencyContractBroken('sent without the insurance section', 'platform');
  return insurance;
}

export function identityUpdateOf(request: MedicalInsuranceRequest) {
  const personNumber = request.sections.results.medical_insurance?.personNumber;
  const residentId = residentIdOf(request.sections);
  const certificate = certificateOf(request.sections);
  if (personNumber === undefined || residentId === null || certificate === null) {
    throw new AgencyContractBroken('sent before the number is known', 'platform');
  }
  return {
    bizsn: request.key,
    psn_no: personNumber,
    psn_name: nameOf(request.sections),
    old_certno: certificate,
    new_psn_cert_type: CITIZEN,
    new_certno: residentId,
  };
}

const FIELDS: FieldNames = {
  psn_name: ['/name'],
  certno: ['/existing/residentIdNumber', '/existing/birthCertificateNumber'],
  insu_admdvs: ['/insurance/region'],
  emp_no: ['/insurance/townUnit'],
  insu_mode: ['/insurance/mode'],
  paylv: ['/insurance/tier'],
  years: ['/insurance/years'],
  subs_type: ['/insurance/subsidyCategory'],
  grdn_name: ['/mother/name', '/father/name'],
  grdn_cert_type: ['/mother/identity', '/father/identity'],
  grdn_certno: ['/mother/identity/number', '/father/identity/number'],
  grdn_tel: ['/mother/mobile', '/father/mobile'],
};

/** Their states end here; "0" is decided by the verification after the write. */
export function toAnswer(state: RegistrationState, isUpdate: boolean): AgencyAnswer {
  const stated = {
    receipt: state.regNo,
    sequence: state.seq,
    occurredAt: readTime(state.stasTime, 'stas_time'),
    code: codeName('rslt_stas', state.rsltStas),
  };
  const text = () => state.rsltMsg ?? raise('rslt_msg');
  switch (state.rsltStas) {
    case '0':
      return { ...stated, kind: 'accepted', detail: 'verifying' };
    case '1':
      return { ...stated, kind: 'completed', results: isUpdate ? updated(state) : registered(state) };
    case '2':
      return { ...stated, kind: 'correction_needed', fields: formPointers(state.errFields, FIELDS), text: text() };
    case '3':
      return { ...stated, kind: 'rejected', refusal: state.refusal ?? raise('refusal') };
    case '4':
    case '5': {
      const procedure = state.rsltStas === '4' ? 'special_procedure' : 'coordinated_check';
      return { ...stated, kind: 'suspended', procedure, text: text(), ...untilOf(state.dueDate, 'due_date') };
    }
    case '6':
      return { ...stated, kind: 'action_needed', text: text() };
    case '7':
      return { ...stated, kind: 'withdrawn' };
    case '8':
      return { ...stated, kind: 'withdrawal_refused', text: text() };
  }
}

const registered = (state: RegistrationState): StepResults => ({
  medical_insurance: {
    personNumber: state.psnNo ?? raise('psn_no'),
    insuredOn: state.crtInsuDate ?? raise('crt_insu_date'),
    areaCode: state.insuAdmdvs ?? raise('insu_admdvs'),
  },
});

const updated = (state: RegistrationState): StepResults => ({
  insurance_identity_update: {
    personNumber: state.psnNo ?? raise('psn_no'),
    updatedOn: state.updDate ?? raise('upd_date'),
  },
});

export const insuredResults = ({ psnNo, crtInsuDate, insuAdmdvs }: InsuredPerson): StepResults => ({
  medical_insurance: {
    personNumber: psnNo,
    insuredOn: crtInsuDate ?? raise('crt_insu_date'),
    areaCode: insuAdmdvs ?? raise('insu_admdvs'),
  },
});

/** Insured before we sent anything: what the family told of, else what nobody told us (policy P4, P14). */
export function insuredBefore(person: InsuredPerson, { mode }: MedicalInsuranceRequest): AgencyAnswer {
  const { name, sex, bornOn } = person;
  const found = { kind: 'completed', code: INSURED_NOW, results: insuredResults(person) } as const;
  return mode === 'already_done' ? found : { ...found, existed: true, registered: { name, sex, bornOn } };
}

/** What stands in the way before anything was saved. */
export function preCheckAnswer({ code, message: text }: PreCheck): AgencyAnswer {
  if (code === null) throw broken('chk_code');
  const said = { code: codeName('chk_code', code), text };
  switch (code) {
    case '05':
      return { ...said, kind: 'suspended', procedure: 'coordinated_check' };
    case '01':
    case '02':
    case '03':
    case '04':
      return { ...said, kind: 'action_needed' };
  }
}

/** Of a child that was said to be insured already. */
export const NOT_INSURED: AgencyAnswer = {
  kind: 'correction_needed',
  code: codeName('psn_insu_stas', '0'),
  fields: [],
  text: '',
};

function raise(field: string): never {
  throw broken(field);
}
