import type { AgencyAdapter, SubmissionRequest } from '@birth/application';
import type { AgencyCode, StepCode } from '@birth/domain';
import { randomInt, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DiseaseControlAdapter } from '../../../libs/agencies/src/disease-control/disease-control.adapter';
import { HealthCommissionAdapter } from '../../../libs/agencies/src/health-commission/health-commission.adapter';
import { HumanResourcesAdapter } from '../../../libs/agencies/src/human-resources/human-resources.adapter';
import type { KeyPair } from '../../../libs/agencies/src/kit/key-pair';
import { MOTHER, requestOf } from '../../../libs/agencies/src/kit/requests.spec-support';
import { AgencyKeyBook, OwnKeyBook } from '../../../libs/agencies/src/kit/signing-keys';
import { MedicalInsuranceAdapter } from '../../../libs/agencies/src/medical-insurance/medical-insurance.adapter';
import { PublicSecurityAdapter } from '../../../libs/agencies/src/public-security/public-security.adapter';
import { TaxAdministrationAdapter } from '../../../libs/agencies/src/tax-administration/tax-administration.adapter';

/** Defaults of the sandbox, as docs/agencies/wire names them. */
const GATEWAY = { paasId: 'birth-one-thing', token: 'sandbox-gateway-token' };
export const SM4_KEY = '0123456789abcdeffedcba9876543210';

const clock = { now: () => Date.now() };
export const PATIENCE_MS = 1_500;

const insurance = (url: string, keys: KeyPair, encrypts: boolean) =>
  new MedicalInsuranceAdapter(
    {
      MEDICAL_INSURANCE_URL: url,
      MEDICAL_INSURANCE_SM4_KEY: SM4_KEY,
      MEDICAL_INSURANCE_ENCRYPTS: encrypts,
    },
    clock,
    keys,
  );

const police = (url: string, keys: KeyPair, repliesAreSigned: boolean) =>
  new PublicSecurityAdapter(
    { PUBLIC_SECURITY_URL: url, PUBLIC_SECURITY_SIGNED_REPLIES: repliesAreSigned },
    clock,
    keys,
  );

const read = new Map<string, KeyPair>();

/** Of both sides, as the sandbox made them for trials. */
export function keysIn(folder: string): KeyPair {
  const known = read.get(folder);
  if (known !== undefined) return known;
  const textOf = (name: string): string => readFileSync(join(folder, 'keys', name), 'utf8');
  const [own, agencies] = [OwnKeyBook.parse(textOf('platform.json')), AgencyKeyBook.parse(textOf('public.json'))];
  const pair = { own: () => own, agencies: () => agencies };
  read.set(folder, pair);
  return pair;
}

export interface AgencyLine {
  agency: AgencyCode;
  code: StepCode;
  media: 'application/json' | 'application/xml';
  adapter(url: string, keys: KeyPair): AgencyAdapter;
  /** Its words on the wire such that a line between may change them. */
  plain?(url: string, keys: KeyPair): AgencyAdapter;
  /** After an outcome that nobody knows: what finds out, or does it again without doing it twice (engine: classes). */
  recover(adapter: AgencyAdapter, request: SubmissionRequest): Promise<unknown>;
  /** Asked once more for what it has done. */
  again(adapter: AgencyAdapter, request: SubmissionRequest): Promise<unknown>;
  /** Where an ordinary correction of the sandbox points to. */
  corrected: string[];
  /** One result by which the agency's books and our answer are compared. */
  result: string;
}

const sameKey = (adapter: AgencyAdapter, request: SubmissionRequest) => adapter.submit(request);
const checkFirst = (adapter: AgencyAdapter, request: SubmissionRequest) => adapter.check!(request, request.deadlineAt);

export const AGENCY_LINES: readonly AgencyLine[] = [
  {
    agency: 'health-commission',
    code: 'birth_certificate',
    media: 'application/json',
    adapter: (url) =>
      new HealthCommissionAdapter(
        {
          HEALTH_COMMISSION_URL: url,
          HEALTH_COMMISSION_PAASID: GATEWAY.paasId,
          HEALTH_COMMISSION_TOKEN: GATEWAY.token,
        },
        clock,
      ),
    recover: sameKey,
    again: sameKey,
    corrected: ['/name'],
    result: 'certificateNumber',
  },
  {
    agency: 'disease-control',
    code: 'vaccination',
    media: 'application/json',
    adapter: (url) =>
      new DiseaseControlAdapter(
        { DISEASE_CONTROL_URL: url, DISEASE_CONTROL_PAASID: GATEWAY.paasId, DISEASE_CONTROL_TOKEN: GATEWAY.token },
        clock,
      ),
    recover: sameKey,
    again: sameKey,
    corrected: ['/name'],
    result: 'childCode',
  },
  {
    agency: 'public-security',
    code: 'household_registration',
    media: 'application/json',
    adapter: (url, keys) => police(url, keys, true),
    plain: (url, keys) => police(url, keys, false),
    recover: sameKey,
    again: sameKey,
    corrected: ['/name'],
    result: 'residentIdNumber',
  },
  {
    agency: 'medical-insurance',
    code: 'medical_insurance',
    media: 'application/json',
    adapter: (url, keys) => insurance(url, keys, true),
    plain: (url, keys) => insurance(url, keys, false),
    recover: checkFirst,
    again: (adapter, request) => adapter.submit({ ...request, key: randomUUID() }),
    corrected: ['/name'],
    result: 'personNumber',
  },
  {
    agency: 'human-resources',
    code: 'social_security_card',
    media: 'application/xml',
    adapter: (url) => new HumanResourcesAdapter({ HUMAN_RESOURCES_URL: url }, clock),
    recover: checkFirst,
    again: checkFirst,
    corrected: ['/name'],
    result: 'applicationNumber',
  },
  {
    agency: 'tax-administration',
    code: 'insurance_payment',
    media: 'application/json',
    adapter: (url) =>
      new TaxAdministrationAdapter(
        {
          TAX_ADMINISTRATION_URL: url,
          TAX_ADMINISTRATION_PAASID: GATEWAY.paasId,
          TAX_ADMINISTRATION_TOKEN: GATEWAY.token,
        },
        clock,
      ),
    recover: sameKey,
    again: sameKey,
    corrected: ['/name'],
    result: 'voucherNumber',
  },
];

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

function idNumber(born: string, order: number): string {
  const first = `500235${born}${String(order % 1_000).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(first[index]), 0);
  return first + '10X98765432'.charAt(sum % 11);
}

const FROM = randomInt(0x4e00, 0x6000);
let children = 0;

/** A family of its own: what happens to one child says nothing about another. */
export function someRequest(code: StepCode): SubmissionRequest {
  children += 1;
  const given = String.fromCodePoint(FROM + children) + '安';
  const { sections } = requestOf();
  const mother = {
    ...MOTHER,
    identity: { type: 'resident_id_card' as const, number: idNumber('19910324', 2 * children) },
  };
  const { birth_certificate, household_registration } = sections.results;
  return requestOf({
    sections: {
      mother,
      name: { surname: '李', given, surnameSource: 'father' },
      applicant: { ...sections.applicant, identity: mother.identity },
      results: {
        birth_certificate: { ...birth_certificate!, certificateNumber: `Z5${String(children).padStart(8, '0')}` },
        household_registration: {
          ...household_registration!,
          residentIdNumber: idNumber('20261102', 2 * children),
          registeredName: `李${given}`,
        },
        medical_insurance: { ...sections.results.medical_insurance!, personNumber: `5002350${children}` },
      },
    },
    request: {
      code,
      qualifier: code === 'insurance_payment' ? '2026' : '',
      key: randomUUID(),
      deadlineAt: Date.now() + PATIENCE_MS,
    },
  });
}

/** Asked with time left, as a claim of its own would. */
export const fresh = (request: SubmissionRequest): SubmissionRequest => ({
  ...request,
  deadlineAt: Date.now() + PATIENCE_MS,
});

export const childOf = ({ sections }: SubmissionRequest): string => sections.name!.surname + sections.name!.given;
