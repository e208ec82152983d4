import type { AgencyAnswer, DossierSections, SubmissionRequest } from '@birth/application';
import type { ParentForm } from '@birth/domain';

/** Generated people; numbers with valid check characters. */
export const MOTHER: ParentForm = {
  name: '王芳',
  identity: { type: 'resident_id_card', number: '500235199103247584' },
  ethnicity: '01',
  nationality: 'CHN',
  mobile: '13800000001',
  household: { region: '500235002', kind: 'family', address: '户籍地址一号' },
  residence: { region: '500235002', address: '居住地址二号' },
};
export const FATHER: ParentForm = {
  ...MOTHER,
  name: '李强',
  identity: { type: 'resident_id_card', number: '500235199103247576' },
  ethnicity: '03',
  mobile: '13800000002',
};

const SECTIONS: DossierSections = {
  birth: {
    sex: 'female',
    bornAt: '2026-11-02T08:30:00+08:00',
    plurality: 2,
    deliveryOrder: 1,
    place: { region: '500235', kind: 'hospital' },
    weightGrams: 3300,
    lengthCm: 50.5,
    gestationalWeeks: 39,
    gestationalDays: 2,
    recordNumber: 'ZY20261102001',
    hospitalOfficeCode: 'YYH001',
  },
  claim: { hospitalOfficeCode: 'YYH999', bornOn: '2026-11-01', plurality: 1, deliveryOrder: 1 },
  name: { surname: '李', given: '安', surnameSource: 'father' },
  origin: { ethnicity: '01', nationality: 'CHN' },
  mother: MOTHER,
  father: FATHER,
  relation: { parentsRelation: 'not_stated' },
  applicant: { role: 'mother', name: MOTHER.name, identity: MOTHER.identity, mobile: MOTHER.mobile },
  existing: { birthCertificateNumber: null, residentIdNumber: null, insuredAlready: false },
  vaccination: {
    residenceRegion: '500235002',
    residenceAddress: '接种居住地址',
    unitOfficeCode: 'YYV002',
    guardianMobile: '13800000003',
  },
  household: {
    follows: 'father',
    head: { name: '李祖父', identityNumber: '500235195001011237', relationToFollowed: 'parent' },
    kind: 'family',
    region: '500235002',
    address: '落户地址三号',
  },
  insurance: {
    mode: 'independent',
    tier: '1',
    years: [2026, 2027],
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
  results: {
    birth_certificate: { certificateNumber: 'Z500012345', issuedOn: '2026-11-03', issuer: '云阳县人民医院' },
    household_registration: {
      residentIdNumber: '500235202611020022',
      registeredName: '李安',
      householdNumber: '500235000001',
      address: '落户地址三号',
      stationName: '青龙派出所',
      registeredOn: '2026-11-04',
    },
    medical_insurance: { personNumber: '5002350000000001', insuredOn: '2026-11-02', areaCode: '500235' },
  },
};

export interface RequestChanges {
  sections?: Partial<DossierSections>;
  request?: Partial<Omit<SubmissionRequest, 'sections'>>;
}

/** What an adapter would be given for a family that said everything. */
export function requestOf({ sections = {}, request = {} }: RequestChanges = {}): SubmissionRequest {
  return {
    stepId: '01920000-0000-7000-8000-000000000001',
    code: 'birth_certificate',
    qualifier: '',
    mode: 'issue',
    generation: 1,
    key: '5f0c9d0e-1111-5111-8111-000000000001',
    receipt: null,
    earlierReceipt: null,
    officeCode: 'YYO001',
    basis: 'citizen_id',
    caseNumber: '500235CSYJS20261103000001X',
    evidence: { record: () => undefined },
    deadlineAt: Number.MAX_SAFE_INTEGER,
    ...request,
    sections: { ...SECTIONS, ...sections },
  };
}

/** Every leaf's path, lists as one leaf: the field list that an agency would see. */
export function fieldList(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [at];
  return Object.entries(value).flatMap(([key, item]) => fieldList(item, at === '' ? key : `${at}.${key}`));
}

export const words = (text: string): string[] => text.trim().split(/\s+/).sort();

export const kindOf = (answer: AgencyAnswer | 'not_found'): string => (answer === 'not_found' ? answer : answer.kind);

export const REFUSAL = {
  reason: '材料不符',
  legalBasis: '行政许可法第三十八条',
  documentNumber: '云〔2026〕1号',
  office: '云阳县',
  remedy: '可在六十日内申请复议',
};
