import { type AgencyAnswer, AgencyContractBroken, type SubmissionRequest } from '@birth/application';
import type { ParentForm } from '@birth/domain';
import { toShanghaiDate } from '@birth/standards';
import { codeName } from '../kit/codes';
import { type FieldNames, formPointers } from '../kit/form-pointers';
import { type DocumentCodes, documentNumber } from '../kit/identity-codes';
import { readTime, toLocalText, untilOf } from '../kit/local-time';
import { broken } from '../kit/parse';
import type { readFollowed, VaccinationReply } from './disease-control.schema';

export const DISEASE_CONTROL_SECTIONS = [
  'birth',
  'name',
  'mother',
  'father',
  'existing',
  'vaccination',
  'results',
] as const;
export type DiseaseControlRequest = SubmissionRequest<(typeof DISEASE_CONTROL_SECTIONS)[number]>;

const DOCUMENTS: DocumentCodes = {
  resident_id_card: '01',
  passport: '03',
  hk_macao_permit: '06',
  taiwan_permit: '07',
  foreign_residence_permit: '99',
  none: '99',
};

/** Opening a child's vaccination record; a child without a name goes by its mother's (policy P6). */
export function childRequest(request: DiseaseControlRequest) {
  const { birth, vaccination, mother, father, existing, results } = request.sections;
  if (birth === null || vaccination === null) throw new AgencyContractBroken('sent without birth facts', 'platform');
  return {
    supplementOf: request.earlierReceipt,
    unitCode: request.officeCode,
    childName: childName(request),
    sexCode: birth.sex === 'male' ? '1' : '2',
    birthTime: toLocalText(Date.parse(birth.bornAt)),
    birthCount: birth.plurality,
    birthOrder: birth.deliveryOrder,
    birthWeight: birth.weightGrams,
    birthHospitalCode: birth.hospitalOfficeCode,
    birthCertificateNo: results.birth_certificate?.certificateNumber ?? existing.birthCertificateNumber,
    personId: results.household_registration?.residentIdNumber ?? existing.residentIdNumber,
    ...parent('mother', mother),
    ...parent('father', father),
    guardianMobile: vaccination.guardianMobile,
    residenceRegion: vaccination.residenceRegion,
    residenceAddress: vaccination.residenceAddress,
  };
}

/**
 * The child's own name and its certificate, into the record that was opened under its mother's (P6). Nothing that may
 * change between two attempts: the same request twice is one update.
 */
export function followRequest(request: DiseaseControlRequest) {
  const { name, existing, results } = request.sections;
  const childCode = results.vaccination?.childCode;
  if (name === null || childCode === undefined) {
    throw new AgencyContractBroken('sent without name or vaccination record', 'platform');
  }
  const fields = {
    childName: childName(request),
    birthCertificateNo: results.birth_certificate?.certificateNumber ?? existing.birthCertificateNumber,
    personId: existing.residentIdNumber,
  };
  return { childCode: encodeURIComponent(childCode), fields };
}

export function followAnswer(
  { childCode, childName: registeredName, resultTime }: ReturnType<typeof readFollowed>,
  sent: { childName: string },
): AgencyAnswer {
  if (registeredName !== sent.childName) throw broken('record.childName');
  const occurredAt = readTime(resultTime, 'resultTime');
  const code = codeName('resultCode', '0000');
  return { kind: 'completed', occurredAt, code, results: { identity_backfill: { childCode, registeredName } } };
}

export function childName({ sections }: DiseaseControlRequest): string {
  const { name, mother, father, birth } = sections;
  if (name !== null) return name.surname + name.given;
  return (mother ?? father)?.name + (birth.sex === 'male' ? '之子' : '之女');
}

const parent = (who: 'mother' | 'father', form: ParentForm | null) => ({
  [`${who}Name`]: form?.name ?? null,
  [`${who}IdType`]: form === null ? null : DOCUMENTS[form.identity.type],
  [`${who}IdNo`]: form === null ? null : documentNumber(form.identity),
});

const parentFields = (who: 'mother' | 'father'): FieldNames => ({
  [`${who}Name`]: [`/${who}/name`],
  [`${who}IdType`]: [`/${who}/identity`],
  [`${who}IdNo`]: [`/${who}/identity/number`],
});
const FIELDS: FieldNames = {
  unitCode: ['/vaccination/unitOfficeCode'],
  childName: ['/name'],
  birthCertificateNo: ['/existing/birthCertificateNumber'],
  personId: ['/existing/residentIdNumber'],
  ...parentFields('mother'),
  ...parentFields('father'),
  guardianMobile: ['/vaccination/guardianMobile'],
  residenceRegion: ['/vaccination/residenceRegion'],
  residenceAddress: ['/vaccination/residenceAddress'],
};

export function toAnswer(reply: VaccinationReply, request: DiseaseControlRequest): AgencyAnswer {
  const { receiptNo, resultMsg: text } = reply;
  const occurredAt = readTime(reply.resultTime, 'resultTime');
  const code = codeName('resultCode', reply.resultCode);
  const stated = { occurredAt, code, ...(receiptNo === null ? {} : { receipt: receiptNo }) };
  switch (reply.resultCode) {
    case '0000':
      return { ...stated, kind: 'completed', results: { vaccination: opened(reply, request) } };
    case '0001':
      return { ...stated, ...existing(reply) };
    case '1001':
      return { ...stated, kind: 'correction_needed', fields: formPointers(reply.errorFields, FIELDS), text };
    case '1002':
      return { ...stated, kind: 'action_needed', text };
    case '2001':
      if (reply.refusal === null) throw broken('refusal');
      return { ...stated, kind: 'rejected', refusal: reply.refusal };
    case '3001':
    case '3002': {
      const procedure = reply.resultCode === '3001' ? 'special_procedure' : 'coordinated_check';
      return { ...stated, kind: 'suspended', procedure, text, ...untilOf(reply.until, 'until') };
    }
  }
}

/** Success when it is the same child (class C): who it is, is compared with the case. */
function existing({ record }: VaccinationReply): Extract<AgencyAnswer, { kind: 'completed' }> {
  if (record === null) throw broken('record');
  const { childCode, bookNo: bookNumber, unitName, childName: name } = record;
  const bornOn = toShanghaiDate(readTime(record.birthTime, 'record.birthTime'));
  return {
    kind: 'completed',
    results: { vaccination: { childCode, bookNumber, unitName } },
    existed: true,
    registered: { name, sex: record.sexCode === '1' ? 'male' : 'female', bornOn },
  };
}

function opened({ record }: VaccinationReply, { sections: { birth } }: DiseaseControlRequest) {
  if (record === null) throw broken('record');
  const isSameSex = record.sexCode === (birth.sex === 'male' ? '1' : '2');
  if (!isSameSex) throw broken('record.sexCode');
  if (readTime(record.birthTime, 'record.birthTime') !== Date.parse(birth.bornAt)) throw broken('record.birthTime');
  return { childCode: record.childCode, bookNumber: record.bookNo, unitName: record.unitName };
}
