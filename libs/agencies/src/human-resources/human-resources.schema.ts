import type { Refusal } from '@birth/application';
import { type ErrorFormat, readCode, tolerant } from '../kit/codes';
import { type Fields, readRefusal } from '../kit/parse';
import { readXml } from '../kit/xml';

export const PROGRESS = ['01', '02', '03', '04', '05', '06', '07', '90', '91', '92', '99'] as const;
/** Of their errors, HTTP 400. */
export const ERROR_CODES = ['E201', 'E202', 'E203', 'E204', 'E205'];
export const ERRORS: ErrorFormat = {
  codeField: 'resultCode',
  codes: ERROR_CODES,
  read: (text) => {
    const head = tolerant(() => readXml(text, 'response').object('head'));
    const code = head && tolerant(() => head.text('resultCode'));
    return head === null || code === null ? null : { code, field: tolerant(() => head.texts('field')[0] ?? null) };
  },
};
export type Progress = (typeof PROGRESS)[number];

/** Progress of one record (docs/agencies/wire/human-resources.md). */
export interface CardRecord {
  /** Our key. */
  serialNo: string | null;
  recordNo: string | null;
  batchNo: string | null;
  seq: number;
  updateTime: string;
  progress: Progress;
  text: string | null;
  errorFields: string[];
  until: string | null;
  refusal: Refusal | null;
}

const REFUSAL = {
  reason: 'reason',
  legalBasis: 'legalBasis',
  documentNumber: 'documentNo',
  office: 'office',
  remedy: 'remedy',
};

export const readCard = (response: Fields): CardRecord => readRecord(answered(response).object('body'));

/** A page of the list; an empty element is no list. */
export function readCards(response: Fields): { records: CardRecord[]; next: string | null } {
  const isEmpty = answered(response).value('items') === '';
  const records = isEmpty ? [] : response.object('items').list('item').map(readRecord);
  return { records, next: response.textOrNull('next') };
}

function answered(response: Fields): Fields {
  response.object('head').matching('resultCode', /^0$/);
  return response;
}

function readRecord(body: Fields): CardRecord {
  const progress = readCode(body, 'progress', PROGRESS);
  const isRefused = progress === '90' || progress === '92';
  return {
    serialNo: body.textOrNull('serialNo'),
    recordNo: body.textOrNull('recordNo'),
    batchNo: body.textOrNull('batchNo'),
    seq: body.integer('seq'),
    updateTime: body.textOrNull('updateTime') ?? '',
    progress,
    text: body.textOrNull('text'),
    errorFields: progress === '91' ? body.object('errorFields').texts('field') : [],
    until: body.textOrNull('until'),
    refusal: isRefused ? readRefusal(body.object('refusal'), REFUSAL) : null,
  };
}
