import { readStage, type StageReaders } from '../cases/read-stage';
import type { Refusal } from '../cases/stage';
import { offsetTime } from '../wire/local-time';
import type { CertificateCase } from './certificate-desk';
import { nowMs } from '../wire/clock';

/** The state of a case in the agency's own codes: docs/agencies/wire/health-commission.md, "Progress". */
export interface Progress {
  idempotencyKey: string | null;
  receipt: string;
  sequence: number;
  occurredAt: string;
  statusCode: string;
  text: string | null;
  items: string[];
  until: string | null;
  certificate: Record<string, string> | null;
  refusal: Refusal | null;
}

export function progressOf(record: CertificateCase): Progress {
  return {
    idempotencyKey: record.key,
    receipt: record.receipt,
    sequence: record.sequence,
    occurredAt: offsetTime(record.changedAt),
    ...readStage(record.stage, readersOf(record)),
  };
}

type StageFields = Pick<Progress, 'statusCode' | 'text' | 'items' | 'until' | 'certificate' | 'refusal'>;

const plain = (statusCode: string, text: string | null = null): StageFields => ({
  statusCode,
  text,
  items: [],
  until: null,
  certificate: null,
  refusal: null,
});

export const withdrawalRefused = (record: CertificateCase): Progress => ({
  ...progressOf(record),
  ...plain('93', '出生医学证明已签发,请到窗口办理'),
});

/** A message that contradicts what was said before; the case itself does not change. */
export const contradiction = (record: CertificateCase): Progress => ({
  ...progressOf(record),
  ...plain('91'),
  sequence: record.sequence + 1,
  occurredAt: offsetTime(nowMs()),
  refusal: {
    reason: '系统误操作',
    legalBasis: '《中华人民共和国母婴保健法》第二十三条',
    documentNumber: '云卫不予〔2026〕1号',
    office: '云阳县卫生健康委员会',
    remedy: '可自收到之日起60日内申请行政复议',
  },
});

const readersOf = (record: CertificateCase): StageReaders<StageFields> => ({
  received: () => plain('10'),
  working: () => plain('10'),
  correction: ({ text, fields }) => ({ ...plain('20', text), items: fields }),
  action: ({ text }) => plain('21', text),
  special: ({ coordinated, text, until }) => ({ ...plain(coordinated ? '31' : '30', text), until }),
  done: ({ results }) => ({ ...plain('90'), certificate: certificateOf(results, record) }),
  refused: ({ refusal }) => ({ ...plain('91'), refusal }),
  withdrawn: () => plain('92'),
});

function certificateOf(results: Readonly<Record<string, string>>, record: CertificateCase): Record<string, string> {
  const { certificateNumber = '', issuedOn = '', issuer = '', registeredName = '' } = results;
  return {
    certificateNumber,
    issueDate: issuedOn,
    issuer,
    newbornName: registeredName,
    sexCode: record.newborn.sex === 'male' ? '1' : '2',
    birthTime: record.newborn.bornAt,
  };
}
