import { randomUUID } from 'node:crypto';
import { someIdNumber, someName } from './sandbox-fixture';

/** A parent as the health commission wants him or her. */
export const parent = (): Record<string, unknown> => ({
  name: someName(),
  idType: '1',
  idNo: someIdNumber(),
  nationality: 'CHN',
  ethnicityCode: '01',
  address: '重庆市云阳县双江街道',
});

/** docs/agencies/wire/health-commission.md, request of an issue. */
export const certificateRequest = (name: string, change: Record<string, unknown> = {}): Record<string, unknown> => ({
  supplementOf: null,
  officeCode: 'YY-HOSP-01',
  newborn: {
    name,
    sexCode: '1',
    birthTime: '2026-11-02T08:30:00+08:00',
    gestationWeeks: 39,
    gestationDays: 2,
    weight: 3300,
    length: 50.5,
    birthCount: 1,
    birthOrder: 1,
    birthPlaceRegion: '500235',
    birthPlaceType: '1',
    deliveryRecordNo: 'ZY1',
  },
  mother: parent(),
  father: null,
  pickupMode: '1',
  ...change,
});

/** docs/agencies/wire/public-security.md, the row. */
export const registrationRow = (
  postid: string,
  change: Record<string, unknown> = {},
): Record<string, unknown> & { postid: string } => {
  const [father, mother] = [someName(), someName()];
  const [fatherId, motherId] = [someIdNumber(), someIdNumber()];
  return {
    postid,
    bcpc: '0',
    yywlsh: null,
    csdjlb: '0101',
    xm: someName(),
    xsly: '1',
    xb: '1',
    mz: '01',
    gj: 'CHN',
    csrq: '20261102',
    cssj: '0830',
    csdssxq: '500235',
    dtsl: '1',
    dtxh: '1',
    cszmbh: 'Z500000001',
    cszqfrq: '20261103',
    cszqfjg: '云阳县人民医院',
    lhsfz: motherId,
    hzxm: father,
    hzgmsfhm: fatherId,
    yhzgx: '20',
    hklb: '1',
    hkszdssxq: '500235',
    hkszdxz: '双江街道1号',
    pcs: 'YY-PS-01',
    fqxm: father,
    fqzjlx: '111',
    fqzjhm: fatherId,
    fqmz: '01',
    fqgj: 'CHN',
    mqxm: mother,
    mqzjlx: '111',
    mqzjhm: motherId,
    mqmz: '06',
    mqgj: 'CHN',
    jhryxm: mother,
    jhryzjhm: motherId,
    jhrylxdh: '13800000000',
    jhrygx: '52',
    jhrexm: null,
    jhrezjhm: null,
    jhrelxdh: null,
    jhregx: null,
    sbrxm: mother,
    sbrzjhm: motherId,
    sbrlxdh: '13800000000',
    sbrgx: '52',
    fmhyqk: '3',
    ...change,
  };
};

/** docs/agencies/wire/disease-control.md, request. */
export const childRequest = (childName: string, change: Record<string, unknown> = {}): Record<string, unknown> => ({
  supplementOf: null,
  unitCode: 'YY-VAC-01',
  childName,
  sexCode: '2',
  birthTime: '2026-11-02 08:30:00',
  birthCount: 1,
  birthOrder: 1,
  birthWeight: null,
  birthHospitalCode: null,
  birthCertificateNo: null,
  personId: null,
  motherName: someName(),
  motherIdType: '01',
  motherIdNo: someIdNumber(),
  fatherName: null,
  fatherIdType: null,
  fatherIdNo: null,
  guardianMobile: '13800000000',
  residenceRegion: '500235',
  residenceAddress: '双江街道',
  ...change,
});

export interface InsuredPerson {
  psn_cert_type: string;
  certno: string;
  psn_name: string;
}

/** Someone who may be insured by ID number. */
export const somebody = (): InsuredPerson => ({
  psn_cert_type: '01',
  certno: someIdNumber('20261102'),
  psn_name: someName(),
});

/** docs/agencies/wire/medical-insurance.md, data of 2901. */
export const insuranceRegistration = (
  person = somebody(),
  change: Record<string, unknown> = {},
): Record<string, unknown> => ({
  bizsn: randomUUID(),
  supplement_of: null,
  ...person,
  gend: '1',
  brdy: '2026-11-02',
  insu_admdvs: '500235',
  emp_no: 'YY-INS-01',
  insutype: '390',
  insu_mode: '1',
  paylv: '1',
  years: ['2026', '2027'],
  subs_type: null,
  grdn_name: someName(),
  grdn_cert_type: '01',
  grdn_certno: someIdNumber(),
  grdn_tel: '13800000000',
  ...change,
});

export type Elements = Record<string, string>;

/** docs/agencies/wire/human-resources.md, body. */
export const card = (change: Elements = {}): Elements => ({
  YRECORDNO: '',
  AAB034: 'YY-BANK-01',
  AAC002: someIdNumber('20261102'),
  AAC003: someName(),
  AAC004: '1',
  AAC005: '01',
  AAC006: '20261102',
  AAC161: 'CHN',
  AAC001: '500235000000000001',
  AAB301: '500235',
  AAE008: 'ICBC',
  LQFS: '1',
  YJSJR: '',
  YJDH: '',
  YJDZ: '',
  JHRXM: someName(),
  JHRZJLX: '01',
  JHRZJHM: someIdNumber(),
  JHRDH: '13800000000',
  ...change,
});

const elements = (values: Elements): string =>
  Object.entries(values)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('');

/** The whole document. */
export const cardDocument = (key: string, body = card(), encoding = 'UTF-8'): string =>
  `<?xml version="1.0" encoding="${encoding}"?>\n<request><head><bizCode>SBK01</bizCode><serialNo>${key}</serialNo>` +
  `<sendTime>20261102163000</sendTime></head><body>${elements(body)}</body></request>`;

/** docs/agencies/wire/tax-administration.md, request of a notice. */
export const noticeRequest = (name: string, change: Record<string, unknown> = {}): Record<string, unknown> => ({
  supplementOf: null,
  officeCode: 'YYT001',
  personNo: someIdNumber(),
  certType: '01',
  certNo: someIdNumber('20261102'),
  name,
  feeType: '10210',
  feeYear: '2026',
  payLevel: '1',
  regionCode: '500235',
  subsidyCode: null,
  ...change,
});
