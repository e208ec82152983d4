import { readStage, type StageReaders } from '../cases/read-stage';
import type { Refusal } from '../cases/stage';
import { offsetTime } from '../wire/local-time';
import type { NoticeCase } from './premium-desk';

/** The state of a notice in the agency's own codes: docs/agencies/wire/tax-administration.md, "State". */
export interface NoticeState {
  idempotencyKey: string | null;
  noticeNo: string;
  feeYear: string;
  sequence: number;
  occurredAt: string;
  statusCode: string;
  amount: number | null;
  payBy: string | null;
  text: string | null;
  items: string[];
  until: string | null;
  payment: { paidAt: string; voucherNo: string; coverFrom: string; coverTo: string } | null;
  refusal: Refusal | null;
}

export function noticeState(record: NoticeCase): NoticeState {
  return {
    idempotencyKey: record.key,
    noticeNo: record.receipt,
    feeYear: record.facts.feeYear,
    sequence: record.sequence,
    occurredAt: offsetTime(record.changedAt),
    ...readStage(record.stage, readersOf(record)),
  };
}

type StageFields = Omit<NoticeState, 'idempotencyKey' | 'noticeNo' | 'feeYear' | 'sequence' | 'occurredAt'>;

const plain = (statusCode: string, text: string | null = null): StageFields => ({
  statusCode,
  text,
  amount: null,
  payBy: null,
  items: [],
  until: null,
  payment: null,
  refusal: null,
});

export const cancellationRefused = (record: NoticeCase): NoticeState => ({
  ...noticeState(record),
  ...plain('93', '已缴费,退费请到办税服务厅窗口办理'),
});

const readersOf = ({ facts }: NoticeCase): StageReaders<StageFields> => ({
  received: () => plain('10'),
  working: () => plain('10'),
  correction: ({ text, fields }) => ({ ...plain('20', text), items: fields }),
  action: ({ text }) => ({ ...plain('21', text), amount: facts.amount, payBy: `${facts.feeYear}-12-31` }),
  special: ({ text, until }) => ({ ...plain('30', text), until }),
  done: ({ results }) => ({
    ...plain(facts.amount === 0 ? '80' : '90'),
    amount: facts.amount,
    payment: {
      paidAt: results['paidAt'] ?? '',
      voucherNo: results['voucherNumber'] ?? '',
      coverFrom: results['coveredFrom'] ?? '',
      coverTo: results['coveredTo'] ?? '',
    },
  }),
  refused: ({ refusal }) => ({ ...plain('91'), refusal }),
  withdrawn: () => plain('92'),
});
