import { readStage, type StageReaders } from '../cases/read-stage';
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
  return { ...reply, ...readStage(child.stage, readersOf(child)) };
}

const readersOf = (child: ChildCase): StageReaders<Partial<ChildReply>> => ({
  done: ({ results }) => ({ record: recordOf(child, results) }),
  correction: ({ text, fields }) => ({ resultCode: '1001', resultMsg: text, errorFields: fields }),
  action: ({ text }) => ({ resultCode: '1002', resultMsg: text }),
  special: ({ coordinated, text, until }) => ({ resultCode: coordinated ? '3002' : '3001', resultMsg: text, until }),
  refused: ({ refusal }) => ({ resultCode: '2001', resultMsg: '不予办理', refusal }),
  received: noAnswer,
  working: noAnswer,
  withdrawn: noAnswer,
});

function noAnswer({ kind }: { kind: string }): never {
  throw new Error(`this agency has no answer for ${kind}`);
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
