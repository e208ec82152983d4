import type { Refusal } from '@birth/application';
import { jsonErrors, readCode } from '../kit/codes';
import { broken, type Fields, readRefusal } from '../kit/parse';

/** Their status codes; one that is not here is nobody's guess. */
export const STATUS_CODES = ['10', '20', '21', '30', '80', '90', '91', '92', '93'] as const;
/** Of their errors, HTTP 400 to 409. */
export const ERROR_CODES = ['1001', '1002', '1003', '1004', '1005', '2001', '2002', '2003', '3001', '4004', '4005'];
export const ERRORS = jsonErrors('code', ERROR_CODES, (fields) => fields.textOrNull('field'));
export type StatusCode = (typeof STATUS_CODES)[number];

/** State of one notice, as replies and callbacks carry it (docs/agencies/wire/tax-administration.md). */
export interface NoticeState {
  idempotencyKey: string;
  noticeNo: string;
  feeYear: string;
  sequence: number;
  occurredAt: string;
  statusCode: StatusCode;
  /** Fen; what is to be paid, or was. */
  amount: number | null;
  payBy: string | null;
  text: string | null;
  items: string[];
  until: string | null;
  payment: { paidAt: string; voucherNo: string; coverFrom: string; coverTo: string } | null;
  refusal: Refusal | null;
}

export function readNotice(fields: Fields): NoticeState {
  const statusCode = readCode(fields, 'statusCode', STATUS_CODES);
  const isDone = statusCode === '80' || statusCode === '90';
  return {
    idempotencyKey: fields.text('idempotencyKey'),
    noticeNo: fields.text('noticeNo'),
    feeYear: fields.matching('feeYear', /^\d{4}$/),
    sequence: fields.integer('sequence'),
    occurredAt: fields.text('occurredAt'),
    statusCode,
    amount: isDone || statusCode === '21' ? readAmount(fields) : null,
    payBy: fields.textOrNull('payBy') === null ? null : day(fields, 'payBy'),
    text: fields.textOrNull('text'),
    items: fields.texts('items'),
    until: fields.textOrNull('until'),
    payment: isDone ? readPayment(fields.object('payment')) : null,
    refusal: statusCode === '91' ? readRefusal(fields.object('refusal')) : null,
  };
}

function readAmount(fields: Fields): number {
  const amount = fields.integer('amount');
  if (amount < 0) throw broken('amount');
  return amount;
}

const day = (fields: Fields, name: string): string => fields.matching(name, /^\d{4}-\d{2}-\d{2}$/);

const readPayment = (fields: Fields) => ({
  paidAt: fields.matching('paidAt', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?\+08:00$/),
  voucherNo: fields.text('voucherNo'),
  coverFrom: day(fields, 'coverFrom'),
  coverTo: day(fields, 'coverTo'),
});
