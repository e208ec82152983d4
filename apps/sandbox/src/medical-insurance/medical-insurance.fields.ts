import { matching, oneOf, text, type Rule, type Shape } from '../wire/field-check';
import { optionalText, region6, residentId, sexCode, uuid, withdrawalReason } from '../wire/codes';

const certificateType: Rule = oneOf('01', '03', '15');
const years: Rule = (value) =>
  Array.isArray(value) && value.length > 0 && value.length < 4 && value.every((year) => /^20\d\d$/.test(String(year)));

const moment: Rule = matching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);

const person: Shape = { psn_cert_type: certificateType, certno: text(30), psn_name: text(50) };

const DATA = {
  '1101': person,
  '1901': { ...person, insu_admdvs: region6, insutype: oneOf('390'), years },
  '2901': {
    bizsn: uuid,
    supplement_of: optionalText,
    ...person,
    gend: sexCode,
    brdy: matching(/^\d{4}-\d\d-\d\d$/),
    insu_admdvs: region6,
    emp_no: text(50),
    insutype: oneOf('390'),
    insu_mode: oneOf('1', '2'),
    paylv: text(20),
    years,
    subs_type: optionalText,
    grdn_name: text(50),
    grdn_cert_type: oneOf('01', '03', '99'),
    grdn_certno: text(30),
    grdn_tel: text(30),
  },
  '1902': { psn_no: text(30) },
  '1903': { bizsn: uuid },
  '1904': { begin: moment, end: moment, after: optionalText },
  '2902': {
    bizsn: uuid,
    psn_no: text(30),
    psn_name: text(50),
    old_certno: text(30),
    new_psn_cert_type: oneOf('01'),
    new_certno: residentId,
  },
  '2903': { bizsn: uuid, reason: withdrawalReason },
} satisfies Record<string, Shape>;

export type InterfaceNumber = keyof typeof DATA;

export const isInterface = (infno: string): infno is InterfaceNumber => Object.hasOwn(DATA, infno);

/** The minimum field sets of docs/agencies/wire/medical-insurance.md. */
export const shapeOf = (infno: InterfaceNumber): Shape => ({ data: DATA[infno] });

export interface PersonQuery {
  psn_cert_type: string;
  certno: string;
  psn_name: string;
}

export interface Registration extends PersonQuery {
  bizsn: string;
  supplement_of: string | null;
  gend: string;
  brdy: string;
  insu_admdvs: string;
}

export interface ListQuery {
  begin: string;
  end: string;
  after: string | null;
}

export interface IdentityUpdate {
  bizsn: string;
  psn_no: string;
  psn_name: string;
  old_certno: string;
  new_certno: string;
}

export type Facts = ({ kind: 'registration' } & Registration) | ({ kind: 'update' } & IdentityUpdate);
