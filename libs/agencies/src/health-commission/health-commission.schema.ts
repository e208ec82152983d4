import { type Refusal } from '@birth/application';
import { jsonErrors, readCode } from '../kit/codes';
import { type Fields, readRefusal } from '../kit/parse';

/** Their status codes; one that is not here is nobody's guess. */
export const STATUS_CODES = ['10', '20', '21', '30', '31', '90', '91', '92', '93'] as const;
/** Of their errors, HTTP 400 to 409. */
export const ERROR_CODES = [
  '1001',
  '1002',
  '1003',
  '1004',
  '1005',
  '2001',
  '2002',
  '2003',
  '3001',
  '4004',
  '4005',
  '4006',
];
export const ERRORS = jsonErrors('code', ERROR_CODES, (fields) => fields.textOrNull('field'));
export type StatusCode = (typeof STATUS_CODES)[number];

/** Progress of one certificate, as replies and callbacks carry it (docs/agencies/wire/health-commission.md). */
export interface CertificateProgress {
  idempotencyKey: string;
  receipt: string;
  sequence: number;
  occurredAt: string;
  statusCode: StatusCode;
  text: string | null;
  items: string[];
  until: string | null;
  certificate: { certificateNumber: string; issueDate: string; issuer: string; newbornName: string } | null;
  refusal: Refusal | null;
}

export function readProgress(fields: Fields): CertificateProgress {
  const statusCode = readCode(fields, 'statusCode', STATUS_CODES);
  return {
    idempotencyKey: fields.text('idempotencyKey'),
    receipt: fields.text('receipt'),
    sequence: fields.integer('sequence'),
    occurredAt: fields.text('occurredAt'),
    statusCode,
    text: fields.textOrNull('text'),
    items: fields.texts('items'),
    until: fields.textOrNull('until'),
    certificate: statusCode === '90' ? readCertificate(fields.object('certificate')) : null,
    refusal: statusCode === '91' ? readRefusal(fields.object('refusal')) : null,
  };
}

const readCertificate = (fields: Fields) => ({
  certificateNumber: fields.matching('certificateNumber', /^[A-Z]\d{9}$/),
  issueDate: fields.matching('issueDate', /^\d{4}-\d{2}-\d{2}$/),
  issuer: fields.text('issuer'),
  newbornName: fields.text('newbornName'),
});
