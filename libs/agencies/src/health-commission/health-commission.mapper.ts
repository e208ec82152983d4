import {
  type AgencyAnswer,
  AgencyContractBroken,
  type DossierSections,
  type SubmissionRequest,
} from '@birth/application';
import type { ParentForm } from '@birth/domain';
import { codeName } from '../kit/codes';
import { type FieldNames, formPointers } from '../kit/form-pointers';
import { type DocumentCodes, documentNumber } from '../kit/identity-codes';
import { readTime, untilOf } from '../kit/local-time';
import { broken } from '../kit/parse';
import type { CertificateProgress } from './health-commission.schema';

export const HEALTH_COMMISSION_SECTIONS = ['birth', 'name', 'mother', 'father', 'existing', 'delivery'] as const;
export type HealthCommissionRequest = SubmissionRequest<(typeof HEALTH_COMMISSION_SECTIONS)[number]>;

const DOCUMENTS: DocumentCodes = {
  resident_id_card: '1',
  passport: '3',
  hk_macao_permit: '6',
  taiwan_permit: '7',
  foreign_residence_permit: '9',
  none: '9',
};
const PLACES: Readonly<Record<string, string>> = { hospital: '1', maternal_health_unit: '2', home: '3' };

/** First issuance (HRB01.01): what the certificate prints, and nothing about marriage or parity. */
export function issueRequest(request: HealthCommissionRequest) {
  const { birth, name, mother, father, delivery } = request.sections;
  if (birth === null || name === null) throw new AgencyContractBroken('sent without birth facts or name', 'platform');
  const isMailed = delivery.some(({ document, mode }) => document === 'birth_certificate' && mode === 'mail');
  return {
    supplementOf: request.earlierReceipt,
    officeCode: request.officeCode,
    newborn: newborn(birth, name),
    mother: parent(mother),
    father: parent(father),
    pickupMode: isMailed ? '2' : '1',
  };
}

const newborn = (birth: DossierSections['birth'], name: NonNullable<DossierSections['name']>) => ({
  name: name.surname + name.given,
  sexCode: birth.sex === 'male' ? '1' : '2',
  birthTime: birth.bornAt,
  gestationWeeks: birth.gestationalWeeks,
  gestationDays: birth.gestationalDays,
  weight: birth.weightGrams,
  length: birth.lengthCm,
  birthCount: birth.plurality,
  birthOrder: birth.deliveryOrder,
  birthPlaceRegion: birth.place.region.slice(0, 6),
  birthPlaceType: PLACES[birth.place.kind] ?? '9',
  deliveryRecordNo: birth.recordNumber,
});

const parent = (form: ParentForm | null) =>
  form === null
    ? null
    : {
        name: form.name,
        idType: DOCUMENTS[form.identity.type],
        idNo: documentNumber(form.identity),
        nationality: form.nationality,
        ethnicityCode: form.nationality === 'CHN' ? form.ethnicity : '/',
        address: form.residence.address,
      };

export function verificationRequest({ sections, earlierReceipt, officeCode }: HealthCommissionRequest) {
  const { existing, name, mother } = sections;
  if (existing.birthCertificateNumber === null || name === null) {
    throw new AgencyContractBroken('nothing to verify', 'platform');
  }
  return {
    supplementOf: earlierReceipt,
    officeCode,
    certificateNo: existing.birthCertificateNumber,
    newbornName: name.surname + name.given,
    motherIdNo: mother === null ? null : documentNumber(mother.identity),
  };
}

const parentFields = (who: 'mother' | 'father'): FieldNames => ({
  [`${who}.name`]: [`/${who}/name`],
  [`${who}.idType`]: [`/${who}/identity`],
  [`${who}.idNo`]: [`/${who}/identity/number`],
  [`${who}.nationality`]: [`/${who}/nationality`],
  [`${who}.ethnicityCode`]: [`/${who}/ethnicity`],
  [`${who}.address`]: [`/${who}/residence`],
});
const FIELDS: FieldNames = {
  'newborn.name': ['/name'],
  newbornName: ['/name'],
  certificateNo: ['/existing/birthCertificateNumber'],
  motherIdNo: ['/mother/identity/number'],
  ...parentFields('mother'),
  ...parentFields('father'),
};

/** Their codes end here. */
export function toAnswer(progress: CertificateProgress): AgencyAnswer {
  const { receipt, sequence } = progress;
  const stated = {
    receipt,
    sequence,
    occurredAt: readTime(progress.occurredAt, 'occurredAt'),
    code: codeName('statusCode', progress.statusCode),
  };
  const text = () => progress.text ?? raise('text');
  switch (progress.statusCode) {
    case '10':
      return { ...stated, kind: 'accepted' };
    case '20':
      return { ...stated, kind: 'correction_needed', fields: formPointers(progress.items, FIELDS), text: text() };
    case '21':
      return { ...stated, kind: 'action_needed', text: text() };
    case '30':
    case '31': {
      const procedure = progress.statusCode === '30' ? 'special_procedure' : 'coordinated_check';
      return { ...stated, kind: 'suspended', procedure, text: text(), ...untilOf(progress.until, 'until') };
    }
    case '90':
      return { ...stated, kind: 'completed', results: { birth_certificate: certificate(progress) } };
    case '91':
      return { ...stated, kind: 'rejected', refusal: progress.refusal ?? raise('refusal') };
    case '92':
      return { ...stated, kind: 'withdrawn' };
    case '93':
      return { ...stated, kind: 'withdrawal_refused', text: text() };
  }
}

function certificate({ certificate: issued }: CertificateProgress) {
  const { certificateNumber, issueDate, issuer, newbornName } = issued ?? raise('certificate');
  return { certificateNumber, issuedOn: issueDate, issuer, registeredName: newbornName };
}

function raise(field: string): never {
  throw broken(field);
}
