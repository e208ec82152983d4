import type { Refusal, Stage } from '../cases/stage';
import { offsetTime } from '../wire/local-time';
import type { CertificateCase } from './certificate-desk';

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
    ...stageFields(record.stage, record),
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
  occurredAt: offsetTime(Date.now()),
  refusal: {
    reason: '系统误操作',
    legalBasis: '《中华人民共和国母婴保健法》第二十三条',
    documentNumber: '云卫不予〔2026〕1号',
    office: '云阳县卫生健康委员会',
    remedy: '可自收到之日起60日内申请行政复议',
  },
});

function stageFields(stage: Stage, record: CertificateCase): StageFields {
  switch (stage.kind) {
    case 'received':
    case 'working':
      return plain('10');
    case 'correction':
      return { ...plain('20', stage.text), items: stage.fields };
    case 'action':
      return plain('21', stage.text);
    case 'special':
      return { ...plain(stage.coordinated ? '31' : '30', stage.text), until: stage.until };
    case 'done':
      return { ...plain('90'), certificate: certificateOf(stage.results, record) };
    case 'refused':
      return { ...plain('91'), refusal: stage.refusal };
    case 'withdrawn':
      return plain('92');
  }
}

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
