import type { Refusal, Stage } from '../cases/stage';
import { compactTime } from '../wire/local-time';
import type { CardCase } from './card-desk';
import type { XmlContent } from './card-xml';

interface Body {
  progress: string;
  text: string;
  errorFields: XmlContent;
  until: string;
  refusal: XmlContent;
}

/** docs/agencies/wire/human-resources.md, "Reply". */
export function replyOf(record: CardCase): XmlContent {
  const body = {
    recordNo: record.receipt,
    serialNo: record.key ?? '',
    batchNo: record.facts.batchNumber,
    seq: String(record.sequence),
    updateTime: compactTime(record.changedAt),
    ...stageBody(record.stage),
  };
  return { head: { resultCode: '0', resultMsg: 'ok' }, body };
}

export function notFound(key: string): XmlContent {
  const head = { resultCode: '0', resultMsg: 'ok' };
  const updateTime = compactTime(Date.now());
  return { head, body: { recordNo: '', serialNo: key, batchNo: '', seq: '0', updateTime, ...plain('99') } };
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

function stageBody(stage: Stage): { [name: string]: XmlContent } {
  switch (stage.kind) {
    case 'received':
      return plain('01');
    case 'working':
      return plain(stage.detail === 'bank' ? '03' : '02');
    case 'correction':
      return { ...plain('91', stage.text), errorFields: stage.fields.map((field) => ({ field })) };
    case 'action':
      return plain('07', stage.text);
    case 'special':
      return { ...plain(stage.coordinated ? '06' : '05', stage.text), until: stage.until?.replaceAll('-', '') ?? '' };
    case 'done':
      return plain('04');
    case 'refused':
      return { ...plain(stage.byBank ? '90' : '92'), refusal: refusalOf(stage.refusal) };
    case 'withdrawn':
      throw new Error('this agency has no withdrawal');
  }
}

const refusalOf = (refusal: Refusal): XmlContent => ({
  reason: refusal.reason ?? '',
  legalBasis: refusal.legalBasis ?? '',
  documentNo: refusal.documentNumber ?? '',
  office: refusal.office,
  remedy: refusal.remedy ?? '',
});
