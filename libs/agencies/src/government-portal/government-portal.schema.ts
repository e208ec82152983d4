import type { PersonVerification, PortalChannel } from '@birth/application';
import type { IdentityDocument } from '@birth/domain';
import { broken, type Fields, readJsonBytes } from '../kit/parse';

/** GB/T 39046 table A.5, 办理形式. */
export const FORMS_OF_HANDLING: Readonly<Record<string, PortalChannel>> = {
  '1': 'window',
  '2': 'computer',
  '3': 'mobile',
  '4': 'courier',
  '9': 'other',
};

/** GA/T 2000.156, of those that the joint form knows. */
export const IDENTITY_TYPES: Readonly<Record<string, IdentityDocument['type']>> = {
  '111': 'resident_id_card',
  '414': 'passport',
  '511': 'taiwan_permit',
  '516': 'hk_macao_permit',
  '553': 'foreign_residence_permit',
};

const METHODS: Readonly<Record<string, PersonVerification['method']>> = {
  face: 'face',
  e_licence: 'e_licence',
  window: 'window',
};

const CASE_NUMBER = /^[A-Za-z0-9-]{1,50}$/;
const REFERENCE = /^[A-Za-z0-9-]{1,64}$/;
const DIGEST = /^[0-9a-f]{64}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/;
const MAX_MATERIALS = 20;

/** A filing as the portal sends it; field names and codes are those of docs/agencies/wire/government-portal.md. */
export function readPortalFiling(body: Buffer) {
  const fields = readJsonBytes(body);
  return {
    caseNumber: fields.matching('caseNumber', CASE_NUMBER),
    channel: codeOf(FORMS_OF_HANDLING, fields, 'handlingForm'),
    person: readPerson(fields.object('person')),
    materials: readMaterials(fields),
    form: fields.value('application'),
  };
}

function readPerson(fields: Fields) {
  const verification = fields.object('verification');
  return {
    account: short(fields, 'account'),
    name: short(fields, 'name'),
    identityType: codeOf(IDENTITY_TYPES, fields, 'identityType'),
    identityNumber: fields.matching('identityNumber', /^[^\s]{1,40}$/u),
    mobile: fields.matching('mobile', /^[0-9+-]{1,20}$/),
    verification: {
      method: codeOf(METHODS, verification, 'method'),
      level: verification.matching('level', /^.{1,10}$/u),
      verifiedAt: readMoment(verification, 'verifiedAt'),
      transaction: short(verification, 'transaction'),
    },
  };
}

function readMaterials(fields: Fields) {
  const materials = fields.list('materials').map((one) => ({
    reference: one.matching('reference', REFERENCE),
    name: short(one, 'name'),
    digest: one.matching('digest', DIGEST),
  }));
  const isDoubled = new Set(materials.map(({ reference }) => reference)).size < materials.length;
  if (isDoubled || materials.length > MAX_MATERIALS) throw broken('materials');
  return materials;
}

const short = (fields: Fields, name: string): string => fields.matching(name, /^[^\r\n]{1,100}$/u);

function readMoment(fields: Fields, name: string): string {
  const text = fields.matching(name, MOMENT);
  if (Number.isNaN(Date.parse(text))) throw broken(name);
  return text;
}

function codeOf<T>(codes: Readonly<Record<string, T>>, fields: Fields, name: string): T {
  const code = fields.text(name);
  if (!Object.hasOwn(codes, code)) throw broken(name);
  return codes[code] as T;
}
