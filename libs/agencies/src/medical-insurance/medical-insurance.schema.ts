import type { Refusal } from '@birth/application';
import { readCode, readCodeOrNull } from '../kit/codes';
import { broken, type Fields, readRefusal } from '../kit/parse';

export const STATES = ['0', '1', '2', '3', '4', '5', '6', '7', '8'] as const;
export const PRE_CHECKS = ['01', '02', '03', '04', '05'] as const;
export const INSURED = ['0', '1'] as const;
/** `infcode`: of their errors, HTTP 200 too. */
export const ERROR_CODES = ['-101', '-102', '-103', '-104', '-201', '-202', '-203', '-404'];

/** State of a registration (docs/agencies/wire/medical-insurance.md). */
export interface RegistrationState {
  regNo: string;
  seq: number;
  stasTime: string;
  rsltStas: (typeof STATES)[number];
  psnNo: string | null;
  insuAdmdvs: string | null;
  crtInsuDate: string | null;
  updDate: string | null;
  errFields: string[];
  rsltMsg: string | null;
  dueDate: string | null;
  refusal: Refusal | null;
}

export interface InsuredPerson {
  psnNo: string;
  isInsured: boolean;
  insuAdmdvs: string | null;
  crtInsuDate: string | null;
  name: string | null;
  sex: 'male' | 'female' | null;
  bornOn: string | null;
}

const REFUSAL = {
  reason: 'reason',
  legalBasis: 'legal_basis',
  documentNumber: 'doc_no',
  office: 'office',
  remedy: 'remedy',
};

export function readState(fields: Fields): RegistrationState {
  const rsltStas = readCode(fields, 'rslt_stas', STATES);
  return {
    regNo: fields.text('reg_no'),
    seq: fields.integer('seq'),
    stasTime: fields.text('stas_time'),
    rsltStas,
    psnNo: fields.textOrNull('psn_no'),
    insuAdmdvs: fields.textOrNull('insu_admdvs'),
    crtInsuDate: fields.textOrNull('crt_insu_date'),
    updDate: fields.textOrNull('upd_date'),
    errFields: fields.texts('err_fields'),
    rsltMsg: fields.textOrNull('rslt_msg'),
    dueDate: fields.textOrNull('due_date'),
    refusal: rsltStas === '3' ? readRefusal(fields.object('refusal'), REFUSAL) : null,
  };
}

/** A page of their list; each with our key. */
export function readStates(fields: Fields): {
  states: (RegistrationState & { bizsn: string | null })[];
  next: string | null;
} {
  const states = fields.list('items').map((item) => ({ bizsn: item.textOrNull('bizsn'), ...readState(item) }));
  return { states, next: fields.textOrNull('next') };
}

export function readPerson(fields: Fields): InsuredPerson {
  const stas = readCode(fields, 'psn_insu_stas', INSURED);
  return {
    psnNo: fields.text('psn_no'),
    isInsured: stas === '1',
    insuAdmdvs: fields.textOrNull('insu_admdvs'),
    crtInsuDate: fields.textOrNull('crt_insu_date'),
    name: fields.textOrNull('psn_name'),
    sex: sexOf(fields),
    bornOn: fields.textOrNull('brdy'),
  };
}

/** Of whom the verification after the write says nothing more than that he is insured. */
function sexOf(fields: Fields): InsuredPerson['sex'] {
  if (fields.textOrNull('gend') === null) return null;
  return fields.matching('gend', /^[12]$/) === '1' ? 'male' : 'female';
}

export interface PreCheck {
  isEligible: boolean;
  code: (typeof PRE_CHECKS)[number] | null;
  message: string;
}

export function readPreCheck(fields: Fields): PreCheck {
  const isEligible = fields.matching('chk_rslt', /^[01]$/) === '1';
  const code = readCodeOrNull(fields, 'chk_code', PRE_CHECKS);
  if (!isEligible && code === null) throw broken('chk_code');
  return { isEligible, code, message: fields.textOrNull('chk_msg') ?? '' };
}
