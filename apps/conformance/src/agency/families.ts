import type { DossierSections, ExchangeRecord, SubmissionRequest } from '@birth/application';
import type { ParentForm, StepCode } from '@birth/domain';
import { residentIdCheckCharacter } from '@birth/standards';
import { randomInt, randomUUID } from 'node:crypto';

const CALL_MS = 10_000;
const FIRST_LETTER = 0x4e00;
const LETTERS = 0x1000;
const DAY_MS = 86_400_000;

/** A generated family for one case, and what went over the wire for it. */
export interface SentFamily {
  request: SubmissionRequest;
  heard: ExchangeRecord[];
}

const numberOf = (born: string): string => {
  const first = `500235${born}${String(randomInt(500) * 2).padStart(3, '0')}`;
  return first + residentIdCheckCharacter(first);
};

const letter = (): string => String.fromCodePoint(FIRST_LETTER + randomInt(LETTERS));
const birthDay = (from: number, days: number): string =>
  new Date(Date.UTC(from, 0, 1) + randomInt(days) * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '');

function parent(name: string, ethnicity: string): ParentForm {
  return {
    name,
    identity: { type: 'resident_id_card', number: numberOf(birthDay(1986, 5000)) },
    ethnicity,
    nationality: 'CHN',
    mobile: `138${String(randomInt(100_000_000)).padStart(8, '0')}`,
    household: { region: '500235002', kind: 'family', address: '户籍地址一号' },
    residence: { region: '500235002', address: '居住地址二号' },
  };
}

/** Numbers of nobody; a child of its own each time. */
export function someFamily(code: StepCode): SentFamily {
  const heard: ExchangeRecord[] = [];
  const request: SubmissionRequest = {
    stepId: randomUUID(),
    code,
    qualifier: code === 'insurance_payment' ? '2026' : '',
    mode: 'issue',
    generation: 1,
    key: randomUUID(),
    receipt: null,
    earlierReceipt: null,
    officeCode: 'YYO001',
    basis: 'citizen_id',
    caseNumber: '500235CSYJS20261103000001X',
    evidence: { record: (exchange) => void heard.push(exchange) },
    deadlineAt: Date.now() + CALL_MS,
    sections: sectionsOf(),
  };
  return { request, heard };
}

/** The same family with time for another call. */
export const again = (request: SubmissionRequest): SubmissionRequest => ({
  ...request,
  deadlineAt: Date.now() + CALL_MS,
});

export const deadline = (): number => Date.now() + CALL_MS;

function sectionsOf(): DossierSections {
  const [mother, father] = [parent(`王${letter()}`, '01'), parent(`李${letter()}`, '03')];
  const given = letter() + letter();
  return {
    birth: {
      sex: 'female',
      bornAt: '2026-11-02T08:30:00+08:00',
      plurality: 1,
      deliveryOrder: 1,
      place: { region: '500235', kind: 'hospital' },
      weightGrams: 3300,
      lengthCm: 50.5,
      gestationalWeeks: 39,
      gestationalDays: 2,
      recordNumber: `ZY20261102${String(randomInt(1_000_000)).padStart(6, '0')}`,
      hospitalOfficeCode: 'YYH001',
    },
    claim: { hospitalOfficeCode: 'YYH001', bornOn: '2026-11-02', plurality: 1, deliveryOrder: 1 },
    name: { surname: '李', given, surnameSource: 'father' },
    origin: { ethnicity: '01', nationality: 'CHN' },
    mother,
    father,
    relation: { parentsRelation: 'not_stated' },
    applicant: { role: 'mother', name: mother.name, identity: mother.identity, mobile: mother.mobile },
    existing: { birthCertificateNumber: null, residentIdNumber: null, insuredAlready: false },
    vaccination: {
      residenceRegion: '500235002',
      residenceAddress: '接种居住地址',
      unitOfficeCode: 'YYV002',
      guardianMobile: mother.mobile,
    },
    household: {
      follows: 'father',
      head: { name: father.name, identityNumber: father.identity.number, relationToFollowed: 'self' },
      kind: 'family',
      region: '500235002',
      address: '落户地址三号',
    },
    insurance: {
      mode: 'independent',
      tier: '1',
      years: [2026],
      basis: 'citizen_id',
      region: '500235002',
      townUnit: 'YYI002',
      subsidyCategory: null,
      inHospital: false,
    },
    card: { bankCode: 'BOCQ', pickup: 'counter' },
    delivery: [],
    olderResults: null,
    supervision: null,
    rating: null,
    results: resultsOf(`李${given}`),
  };
}

/** Of the steps before, as other agencies would have given them. */
function resultsOf(registeredName: string): DossierSections['results'] {
  const digits = (length: number): string => String(randomInt(10 ** length)).padStart(length, '0');
  return {
    birth_certificate: { certificateNumber: `Z5${digits(8)}`, issuedOn: '2026-11-03', issuer: '云阳县人民医院' },
    household_registration: {
      residentIdNumber: numberOf('20261102'),
      registeredName,
      householdNumber: `500235${digits(6)}`,
      address: '落户地址三号',
      stationName: '青龙派出所',
      registeredOn: '2026-11-04',
    },
    medical_insurance: { personNumber: `500235${digits(10)}`, insuredOn: '2026-11-02', areaCode: '500235' },
  };
}
