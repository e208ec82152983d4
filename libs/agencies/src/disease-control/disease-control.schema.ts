import type { Refusal } from '@birth/application';
import { jsonErrors, readCode } from '../kit/codes';
import { broken, type Fields, readRefusal } from '../kit/parse';

export const RESULT_CODES = ['0000', '0001', '1001', '1002', '2001', '3001', '3002'] as const;
/** Of their errors, HTTP 400 to 404. */
export const ERROR_CODES = ['1101', '1102', '1103', '1104', '2001', '2002', '2003', '4004', '4005'];
export const ERRORS = jsonErrors('code', ERROR_CODES, (fields) => fields.textOrNull('field'));
export type ResultCode = (typeof RESULT_CODES)[number];

export interface VaccinationReply {
  resultCode: ResultCode;
  resultMsg: string;
  receiptNo: string | null;
  resultTime: string;
  record: ReturnType<typeof readRecord> | null;
  errorFields: string[];
  until: string | null;
  refusal: Refusal | null;
}

export function readReply(fields: Fields): VaccinationReply {
  const resultCode = readCode(fields, 'resultCode', RESULT_CODES);
  const hasRecord = resultCode === '0000' || resultCode === '0001';
  return {
    resultCode,
    resultMsg: fields.textOrNull('resultMsg') ?? '',
    receiptNo: fields.textOrNull('receiptNo'),
    resultTime: fields.text('resultTime'),
    record: hasRecord ? readRecord(fields.object('record')) : null,
    errorFields: fields.texts('errorFields'),
    until: fields.textOrNull('until'),
    refusal: resultCode === '2001' ? readRefusal(fields.object('refusal')) : null,
  };
}

/** The reply of PUT: what the record holds now. */
export function readFollowed(fields: Fields): { childCode: string; childName: string; resultTime: string } {
  if (readCode(fields, 'resultCode', RESULT_CODES) !== '0000') throw broken('resultCode');
  const record = fields.object('record');
  return {
    childCode: record.text('childCode'),
    childName: record.text('childName'),
    resultTime: fields.text('resultTime'),
  };
}

const readRecord = (fields: Fields) => ({
  childCode: fields.text('childCode'),
  bookNo: fields.text('bookNo'),
  unitName: fields.text('unitName'),
  childName: fields.text('childName'),
  sexCode: fields.matching('sexCode', /^[12]$/),
  birthTime: fields.text('birthTime'),
});
