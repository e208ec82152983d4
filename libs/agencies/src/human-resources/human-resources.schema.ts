import type { Refusal } from '@birth/application';
import { broken, type Fields, readRefusal } from '../kit/parse';

export const PROGRESS = ['01', '02', '03', '04', '05', '06', '07', '90', '91', '92', '99'] as const;
export type Progress = (typeof PROGRESS)[number];

/** Progress of one record (docs/agencies/wire/human-resources.md). */
export interface CardRecord {
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

export function readCard(response: Fields): CardRecord {
  response.object('head').matching('resultCode', /^0$/);
  const body = response.object('body');
  const progress = PROGRESS.find((code) => code === body.text('progress'));
  if (progress === undefined) throw broken('progress');
  const isRefused = progress === '90' || progress === '92';
  return {
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
