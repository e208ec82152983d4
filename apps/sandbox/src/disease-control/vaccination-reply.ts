import type { Refusal } from '../cases/stage';
import { isoDate, spacedTime } from '../wire/local-time';
import type { ChildCase } from './vaccination-desk';

interface ChildReply {
  resultCode: string;
  resultMsg: string;
  receiptNo: string;
  resultTime: string;
  record: Record<string, string | number> | null;
  errorFields: string[];
  until: string | null;
  refusal: Refusal | null;
}

/** docs/agencies/wire/disease-control.md, reply of POST and PUT. */
export function replyOf(child: ChildCase, exists: boolean): ChildReply {
  const reply: ChildReply = {
    resultCode: exists ? '0001' : '0000',
    resultMsg: exists ? '该儿童已建档' : 'ok',
    receiptNo: child.receipt,
    resultTime: spacedTime(child.changedAt),
    record: null,
    errorFields: [],
    until: null,
    refusal: null,
  };
  const { stage } = child;
  switch (stage.kind) {
    case 'done':
      return { ...reply, record: recordOf(child, stage.results) };
    case 'correction':
      return { ...reply, resultCode: '1001', resultMsg: stage.text, errorFields: stage.fields };
    case 'action':
      return { ...reply, resultCode: '1002', resultMsg: stage.text };
    case 'special':
      return { ...reply, resultCode: stage.coordinated ? '3002' : '3001', resultMsg: stage.text, until: stage.until };
    case 'refused':
      return { ...reply, resultCode: '2001', resultMsg: '不予办理', refusal: stage.refusal };
    case 'received':
    case 'working':
    case 'withdrawn':
      throw new Error(`this agency has no answer for ${stage.kind}`);
  }
}

function recordOf(child: ChildCase, results: Readonly<Record<string, string>>): Record<string, string | number> {
  const { childCode = '', bookNumber = '', unitName = '' } = results;
  return {
    childCode,
    bookNo: bookNumber,
    unitName,
    openDate: isoDate(child.changedAt),
    childName: child.newborn.name,
    sexCode: child.facts.sexCode,
    birthTime: child.facts.birthTime,
    birthOrder: child.facts.birthOrder,
  };
}
