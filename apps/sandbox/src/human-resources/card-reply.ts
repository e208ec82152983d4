import { readStage, type StageReaders } from '../cases/read-stage';
import type { Refusal } from '../cases/stage';
import { compactTime } from '../wire/local-time';
import type { CardCase } from './card-desk';
import type { XmlContent } from './card-xml';
import { nowMs } from '../wire/clock';

const OK = { resultCode: '0', resultMsg: 'ok' };

interface Body {
  progress: string;
  text: string;
  errorFields: XmlContent;
  until: string;
  refusal: XmlContent;
}

/** docs/agencies/wire/human-resources.md, "Reply". */
export const replyOf = (record: CardCase): XmlContent => ({ head: OK, body: bodyOf(record) });

/** The same document, of many. */
export const listOf = (records: readonly CardCase[], next: string | null): XmlContent => ({
  head: OK,
  items: records.map((record) => ({ item: bodyOf(record) })),
  next: next ?? '',
});

function bodyOf(record: CardCase): XmlContent {
  const { stage, facts } = record;
  return {
    recordNo: record.receipt,
    serialNo: record.key ?? '',
    batchNo: (stage.kind === 'done' ? stage.results['batchNumber'] : undefined) ?? facts.batchNumber,
    seq: String(record.sequence),
    updateTime: compactTime(record.changedAt),
    ...readStage(stage, READERS),
  };
}

export function notFound(key: string): XmlContent {
  const updateTime = compactTime(nowMs());
  return { head: OK, body: { recordNo: '', serialNo: key, batchNo: '', seq: '0', updateTime, ...plain('99') } };
}

export function errorOf(code: string, field: string): XmlContent {
  return { head: { resultCode: code, resultMsg: '数据不符合接口约定', field } };
}

const plain = (progress: string, text = ''): Body & { [name: string]: XmlContent } => ({
  progress,
  text,
  errorFields: [],
  until: '',
  refusal: '',
});

const READERS: StageReaders<{ [name: string]: XmlContent }> = {
  received: () => plain('01'),
  working: ({ detail }) => plain(detail === 'bank' ? '03' : '02'),
  correction: ({ text, fields }) => ({ ...plain('91', text), errorFields: fields.map((field) => ({ field })) }),
  action: ({ text }) => plain('07', text),
  special: ({ coordinated, text, until }) => ({
    ...plain(coordinated ? '06' : '05', text),
    until: until?.replaceAll('-', '') ?? '',
  }),
  done: () => plain('04'),
  refused: ({ byBank, refusal }) => ({ ...plain(byBank ? '90' : '92'), refusal: refusalOf(refusal) }),
  withdrawn: () => {
    throw new Error('this agency has no withdrawal');
  },
};

const refusalOf = (refusal: Refusal): XmlContent => ({
  reason: refusal.reason ?? '',
  legalBasis: refusal.legalBasis ?? '',
  documentNo: refusal.documentNumber ?? '',
  office: refusal.office,
  remedy: refusal.remedy ?? '',
});
