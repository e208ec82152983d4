import { type AgencyAnswer, AgencyContractBroken, type SubmissionRequest } from '@birth/application';
import { codeName } from '../kit/codes';
import { nameOf, residentIdOf } from '../kit/known-numbers';
import { type FieldNames, formPointers } from '../kit/form-pointers';
import { type DocumentCodes, documentNumber } from '../kit/identity-codes';
import { readTime, toDigits, untilOf } from '../kit/local-time';
import { guardianOf, livingParents } from '../kit/living-guardian';
import { broken } from '../kit/parse';
import type { CardRecord } from './human-resources.schema';

export const HUMAN_RESOURCES_SECTIONS = [
  'birth',
  'name',
  'origin',
  'mother',
  'father',
  'applicant',
  'card',
  'delivery',
  'existing',
  'results',
] as const;
export type HumanResourcesRequest = SubmissionRequest<(typeof HUMAN_RESOURCES_SECTIONS)[number]>;

const GUARDIAN_DOCUMENTS: DocumentCodes = {
  resident_id_card: '01',
  passport: '03',
  hk_macao_permit: '06',
  taiwan_permit: '07',
  foreign_residence_permit: '99',
  none: '99',
};

/** One card application record; insured first, as Chongqing asks. */
export function cardRequest(request: HumanResourcesRequest, now: number) {
  const { birth, name, origin, card, existing, results } = request.sections;
  const residentId = residentIdOf({ results, existing });
  const personNumber = results.medical_insurance?.personNumber ?? '';
  if (residentId == null || card === null || name === null) {
    throw new AgencyContractBroken('sent without ID number, bank or name', 'platform');
  }
  const head = { bizCode: 'SBK01', serialNo: request.key, sendTime: toDigits(now) };
  const body = {
    YRECORDNO: request.earlierReceipt ?? '',
    AAB034: request.officeCode,
    AAC002: residentId,
    AAC003: nameOf({ results, name }),
    AAC004: birth.sex === 'male' ? '1' : '2',
    AAC005: origin.ethnicity,
    AAC006: toDigits(Date.parse(birth.bornAt)).slice(0, 8),
    AAC161: origin.nationality,
    AAC001: personNumber,
    AAB301: '500235',
    AAE008: card.bankCode,
    ...pickup(request),
    ...guardian(request),
  };
  return { request: { head, body } };
}

function pickup({ sections: { card, delivery, ...people } }: HumanResourcesRequest) {
  if (card?.pickup !== 'mail') return { LQFS: '1', YJSJR: '', YJDH: '', YJDZ: '' };
  const home = { recipient: '', mobile: '', address: '' };
  const [parent] = livingParents(people);
  if (parent !== undefined) {
    const { name: recipient, mobile, residence } = parent.form;
    Object.assign(home, { recipient, mobile, address: residence.address });
  }
  const wish = { ...home, ...delivery.find(({ document }) => document === 'social_security_card') };
  return { LQFS: '2', YJSJR: wish.recipient, YJDH: wish.mobile, YJDZ: wish.address };
}

function guardian({ sections }: HumanResourcesRequest) {
  const form = guardianOf(sections);
  return {
    JHRXM: form.name,
    JHRZJLX: GUARDIAN_DOCUMENTS[form.identity.type],
    JHRZJHM: documentNumber(form.identity),
    JHRDH: form.mobile,
  };
}

const FIELDS: FieldNames = {
  AAC002: ['/existing/residentIdNumber'],
  AAC003: ['/name'],
  AAC005: ['/origin/ethnicity'],
  AAC161: ['/origin/nationality'],
  AAE008: ['/card/bankCode'],
  LQFS: ['/card/pickup'],
  JHRXM: ['/mother/name', '/father/name'],
  JHRZJLX: ['/mother/identity', '/father/identity'],
  JHRZJHM: ['/mother/identity/number', '/father/identity/number'],
  JHRDH: ['/mother/mobile', '/father/mobile'],
};

/** Done for us when the card system has taken it; making and handing over are delivery (policy P10). */
export function toAnswer(record: CardRecord): AgencyAnswer | 'not_found' {
  if (record.progress === '99') return 'not_found';
  const receipt = record.recordNo ?? raise('recordNo');
  const stated = {
    receipt,
    sequence: record.seq,
    occurredAt: readTime(record.updateTime, 'updateTime'),
    code: codeName('progress', record.progress),
  };
  const text = () => record.text ?? raise('text');
  switch (record.progress) {
    case '01':
    case '02':
    case '03':
      return { ...stated, kind: 'accepted', detail: 'in_progress' };
    case '04': {
      const batchNumber = record.batchNo ?? raise('batchNo');
      return {
        ...stated,
        kind: 'completed',
        results: { social_security_card: { applicationNumber: receipt, batchNumber } },
      };
    }
    case '05':
    case '06': {
      const procedure = record.progress === '05' ? 'special_procedure' : 'coordinated_check';
      return { ...stated, kind: 'suspended', procedure, text: text(), ...untilOf(record.until, 'until') };
    }
    case '07':
      return { ...stated, kind: 'action_needed', text: text() };
    case '91':
      return { ...stated, kind: 'correction_needed', fields: formPointers(record.errorFields, FIELDS), text: text() };
    case '90':
    case '92':
      return { ...stated, kind: 'rejected', refusal: record.refusal ?? raise('refusal') };
  }
}

function raise(field: string): never {
  throw broken(field);
}
