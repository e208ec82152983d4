import { type AgencyAnswer, AgencyContractBroken, type StepResults, type SubmissionRequest } from '@birth/application';
import { codeName } from '../kit/codes';
import { type FieldNames, formPointers } from '../kit/form-pointers';
import { certificateOf, nameOf, residentIdOf } from '../kit/known-numbers';
import { readTime, untilOf } from '../kit/local-time';
import { broken } from '../kit/parse';
import type { NoticeState } from './tax-administration.schema';

export const TAX_ADMINISTRATION_SECTIONS = ['name', 'insurance', 'existing', 'results'] as const;
export type TaxAdministrationRequest = SubmissionRequest<(typeof TAX_ADMINISTRATION_SECTIONS)[number]>;

const CITIZEN = '01';
const CERTIFICATE = '15';
/** 城乡居民基本医疗保险费 */
const RESIDENT_PREMIUM = '10210';

/** What is due of one person for one year; of the family's other facts nothing. */
export function noticeRequest(request: TaxAdministrationRequest) {
  const { name, insurance, results } = request.sections;
  const residentId = residentIdOf(request.sections);
  const certNo = residentId ?? certificateOf(request.sections);
  if (insurance === null || name === null || certNo === null) {
    throw new AgencyContractBroken('sent without number, name or insurance', 'platform');
  }
  return {
    supplementOf: request.earlierReceipt,
    officeCode: request.officeCode,
    personNo: results.medical_insurance?.personNumber ?? null,
    certType: residentId === null ? CERTIFICATE : CITIZEN,
    certNo,
    name: nameOf(request.sections),
    feeType: RESIDENT_PREMIUM,
    feeYear: request.qualifier,
    payLevel: insurance.tier,
    regionCode: insurance.region.slice(0, 6),
    subsidyCode: insurance.subsidyCategory ?? null,
  };
}

const FIELDS: FieldNames = {
  name: ['/name'],
  certNo: ['/existing/residentIdNumber', '/existing/birthCertificateNumber'],
  payLevel: ['/insurance/tier'],
  regionCode: ['/insurance/region'],
  subsidyCode: ['/insurance/subsidyCategory'],
};

/** Their states end here. What was paid belongs to the year that the step is about. */
export function toAnswer(notice: NoticeState): AgencyAnswer {
  const stated = {
    receipt: notice.noticeNo,
    sequence: notice.sequence,
    occurredAt: readTime(notice.occurredAt, 'occurredAt'),
    code: codeName('statusCode', notice.statusCode),
  };
  const text = () => notice.text ?? raise('text');
  switch (notice.statusCode) {
    case '10':
      return { ...stated, kind: 'accepted', detail: 'in_progress' };
    case '20':
      return { ...stated, kind: 'correction_needed', fields: formPointers(notice.items, FIELDS), text: text() };
    case '21':
      return { ...stated, kind: 'action_needed', text: text(), payment: dueOf(notice) };
    case '30':
      return { ...stated, kind: 'suspended', procedure: 'special_procedure', text: text(), ...until(notice) };
    case '80':
    case '90':
      return { ...stated, kind: 'completed', results: paidOf(notice) };
    case '91':
      return { ...stated, kind: 'rejected', refusal: notice.refusal ?? raise('refusal') };
    case '92':
      return { ...stated, kind: 'withdrawn' };
    case '93':
      return { ...stated, kind: 'withdrawal_refused', text: text() };
  }
}

const until = (notice: NoticeState) => untilOf(notice.until, 'until');

function dueOf({ noticeNo, amount, payBy }: NoticeState) {
  if (amount === null || amount === 0) throw broken('amount');
  return { noticeNumber: noticeNo, amountFen: amount, payBy };
}

/** 80: nothing is due, the whole premium is subsidised; it counts from the day on which they found that. */
function paidOf({ statusCode, amount, payment, feeYear }: NoticeState): StepResults {
  const isRight = statusCode === '80' ? amount === 0 : amount !== null && amount > 0;
  if (!isRight || amount === null || payment === null) throw broken('amount');
  const { paidAt, voucherNo: voucherNumber, coverFrom: coveredFrom, coverTo: coveredTo } = payment;
  return {
    [`insurance_payment:${feeYear}`]: { paidAt, voucherNumber, amountFen: amount, coveredFrom, coveredTo },
  };
}

function raise(field: string): never {
  throw broken(field);
}
