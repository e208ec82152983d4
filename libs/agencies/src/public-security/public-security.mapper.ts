import { type AgencyAnswer, AgencyContractBroken, type StepResults, type SubmissionRequest } from '@birth/application';
import type { ParentForm } from '@birth/domain';
import { checkResidentId, relationToHead } from '@birth/standards';
import { codeName } from '../kit/codes';
import { type FieldNames, formPointers } from '../kit/form-pointers';
import { type DocumentCodes, documentNumber } from '../kit/identity-codes';
import { compactDate, readDate, readTime, toDigits, untilOf } from '../kit/local-time';
import { livingParents } from '../kit/living-guardian';
import { broken } from '../kit/parse';
import type { Registered, RowState } from './public-security.schema';

export const PUBLIC_SECURITY_SECTIONS = [
  'birth',
  'name',
  'origin',
  'mother',
  'father',
  'relation',
  'applicant',
  'existing',
  'household',
  'results',
] as const;
export type PublicSecurityRequest = SubmissionRequest<(typeof PUBLIC_SECURITY_SECTIONS)[number]>;

/** GA/T 2000.156. */
const DOCUMENTS: DocumentCodes = {
  resident_id_card: '111',
  passport: '414',
  hk_macao_permit: '516',
  taiwan_permit: '511',
  foreign_residence_permit: '554',
  none: '990',
};
const SURNAME_SOURCES = {
  father: '1',
  mother: '2',
  other_lineal: '3',
  fosterer: '4',
  other_reason: '5',
  minority_custom: '6',
} as const;
const RELATIONS = { married: '1', not_married: '2', not_stated: '3' } as const;
const TO_CHILD = { father: '51', mother: '52', guardian: '97', agent: '99' } as const;

/** One row of zzj_csdj: the only agency that sees the parents' relation, and nobody sees parity (policy P7, P5). */
export function rowOf(request: PublicSecurityRequest): Record<string, string | null> {
  const { birth, name, origin, relation, applicant, household } = request.sections;
  if (birth === null || name === null || household === null) {
    throw new AgencyContractBroken('sent without birth facts, name or household', 'platform');
  }
  const [date = '', time = ''] = [
    toDigits(Date.parse(birth.bornAt)).slice(0, 8),
    toDigits(Date.parse(birth.bornAt)).slice(8, 12),
  ];
  return {
    postid: request.key,
    bcpc: String(request.generation - 1),
    yywlsh: request.generation > 1 ? request.earlierReceipt : null,
    csdjlb: '0101',
    xm: name.surname + name.given,
    xsly: SURNAME_SOURCES[name.surnameSource],
    xb: birth.sex === 'male' ? '1' : '2',
    mz: origin.ethnicity,
    gj: origin.nationality,
    csrq: date,
    cssj: time,
    csdssxq: birth.place.region.slice(0, 6),
    dtsl: String(birth.plurality),
    dtxh: String(birth.deliveryOrder),
    ...certificate(request),
    ...householdColumns(request, household),
    pcs: request.officeCode,
    ...parent('fq', request.sections.father),
    ...parent('mq', request.sections.mother),
    ...guardians(request),
    sbrxm: applicant.name,
    sbrzjhm: documentNumber(applicant.identity),
    sbrlxdh: applicant.mobile,
    sbrgx: TO_CHILD[applicant.role],
    fmhyqk: RELATIONS[relation.parentsRelation],
  };
}

function certificate({ sections: { results, existing } }: PublicSecurityRequest) {
  const issued = results.birth_certificate;
  const number = issued?.certificateNumber ?? existing.birthCertificateNumber;
  return {
    cszmbh: number,
    cszqfrq: issued === undefined || issued.issuedOn === '' ? null : compactDate(issued.issuedOn),
    cszqfjg: issued === undefined || issued.issuer === '' ? null : issued.issuer,
  };
}

type Household = NonNullable<PublicSecurityRequest['sections']['household']>;

function householdColumns({ sections }: PublicSecurityRequest, { follows, head, kind, region, address }: Household) {
  const followed = (follows === 'father' ? sections.father : sections.mother) ?? sections.mother ?? sections.father;
  return {
    lhsfz: followed === null ? null : documentNumber(followed.identity),
    hzxm: head.name,
    hzgmsfhm: head.identityNumber,
    yhzgx: relationToHead(sections.birth.sex, follows === 'father' ? 'father' : 'mother', head.relationToFollowed),
    hklb: kind === 'family' ? '1' : '2',
    hkszdssxq: region,
    hkszdxz: address,
  };
}

const parent = (prefix: 'fq' | 'mq', form: ParentForm | null) => ({
  [`${prefix}xm`]: form?.name ?? null,
  [`${prefix}zjlx`]: form === null ? null : DOCUMENTS[form.identity.type],
  [`${prefix}zjhm`]: form === null ? null : documentNumber(form.identity),
  [`${prefix}mz`]: form?.ethnicity ?? null,
  [`${prefix}gj`]: form?.nationality ?? null,
});

/** The parents alive are the guardians (民法典 art. 27), the mother first; of an orphan the guardian who has the case. */
function guardians({ sections }: PublicSecurityRequest) {
  const { applicant } = sections;
  const living: Guardian[] = livingParents(sections);
  const orphans: Guardian[] = applicant.role === 'guardian' ? [{ role: 'guardian', form: applicant }] : [];
  const named = living.length > 0 ? living : orphans;
  return { ...guardian('jhry', named[0]), ...guardian('jhre', named[1]) };
}

interface Guardian {
  role: keyof typeof TO_CHILD;
  form: Pick<ParentForm, 'name' | 'identity' | 'mobile'>;
}

const guardian = (prefix: 'jhry' | 'jhre', named: Guardian | undefined) => ({
  [`${prefix}xm`]: named?.form.name ?? null,
  [`${prefix}zjhm`]: named === undefined ? null : documentNumber(named.form.identity),
  [`${prefix}lxdh`]: named?.form.mobile ?? null,
  [`${prefix}gx`]: named === undefined ? null : TO_CHILD[named.role],
});

export function checkRequest({ key, sections }: PublicSecurityRequest) {
  const { existing, name, birth } = sections;
  if (existing.residentIdNumber === null) throw new AgencyContractBroken('nothing to check', 'platform');
  return {
    hclsh: key,
    gmsfhm: existing.residentIdNumber,
    xm: name === null ? '' : name.surname + name.given,
    csrq: toDigits(Date.parse(birth.bornAt)).slice(0, 8),
  };
}

const parentFields = (prefix: 'fq' | 'mq', who: 'father' | 'mother'): FieldNames => ({
  [`${prefix}xm`]: [`/${who}/name`],
  [`${prefix}zjlx`]: [`/${who}/identity`],
  [`${prefix}zjhm`]: [`/${who}/identity/number`],
  [`${prefix}mz`]: [`/${who}/ethnicity`],
  [`${prefix}gj`]: [`/${who}/nationality`],
});
/** Either parent may be the first guardian. */
const guardianFields = (prefix: 'jhry' | 'jhre'): FieldNames => ({
  [`${prefix}xm`]: ['/mother/name', '/father/name'],
  [`${prefix}zjhm`]: ['/mother/identity/number', '/father/identity/number'],
  [`${prefix}lxdh`]: ['/mother/mobile', '/father/mobile'],
});
const FIELDS: FieldNames = {
  xm: ['/name'],
  xsly: ['/name/surnameSource'],
  mz: ['/origin/ethnicity'],
  gj: ['/origin/nationality'],
  cszmbh: ['/existing/birthCertificateNumber'],
  lhsfz: ['/household/follows'],
  hzxm: ['/household/head/name'],
  hzgmsfhm: ['/household/head/identityNumber'],
  yhzgx: ['/household/head/relationToFollowed'],
  hklb: ['/household/kind'],
  hkszdssxq: ['/household/region'],
  hkszdxz: ['/household/address'],
  ...parentFields('fq', 'father'),
  ...parentFields('mq', 'mother'),
  ...guardianFields('jhry'),
  ...guardianFields('jhre'),
  sbrxm: ['/applicant/name'],
  sbrlxdh: ['/applicant/mobile'],
};

/** Their flags end here; a withdrawal goes before the flag. */
export function toAnswer(row: RowState): AgencyAnswer {
  const code = codeOf(row);
  const stated = {
    receipt: row.ywlsh,
    sequence: row.xh,
    occurredAt: readTime(row.gxsj, 'gxsj'),
    ...(code === undefined ? {} : { code }),
  };
  const text = () => row.cwxx ?? raise('cwxx');
  if (row.cxzt === '1') return { ...stated, kind: 'withdrawn' };
  if (row.cxzt === '2') return { ...stated, kind: 'withdrawal_refused', text: text() };
  switch (row.flag) {
    case null:
      return { ...stated, kind: 'accepted', detail: 'delivered' };
    case '0':
      return { ...stated, ...unfinished(row, text) };
    case '1':
      return {
        ...stated,
        ...handled(row),
        kind: 'completed',
        results: registration(row.registered ?? raise('gmsfhm')),
      };
    case '2':
      return { ...stated, kind: 'correction_needed', fields: formPointers(row.cwzd, FIELDS), text: text() };
    case '3':
      return { ...stated, kind: 'rejected', refusal: row.refusal ?? raise('jjyy') };
  }
}

/** The column that decides; none while the row lies in the table. */
function codeOf({ cxzt, flag, tscx, zzzt }: RowState): string | undefined {
  if (cxzt !== null) return codeName('cxzt', cxzt);
  if (flag === '0' && tscx !== null) return codeName('tscx', tscx);
  if (flag === '0' && zzzt !== null) return codeName('zzzt', zzzt);
  return flag === null ? undefined : codeName('flag', flag);
}

function unfinished(row: RowState, text: () => string): AgencyAnswer {
  switch (row.tscx) {
    case null:
      return { kind: 'accepted', ...paperOf(row) };
    case '1':
    case '2': {
      const procedure = row.tscx === '1' ? 'special_procedure' : 'coordinated_check';
      return { kind: 'suspended', procedure, text: text(), ...untilOf(row.tsjzrq, 'tsjzrq') };
    }
    case '3':
      return { kind: 'action_needed', text: text() };
  }
}

/** What has happened to the paper copy so far. */
function handled({ zzzt }: RowState): Pick<AgencyAnswer, 'papers'> {
  if (zzzt === '已裁') return { papers: ['received', 'cut'] };
  return zzzt === '已收' ? { papers: ['received'] } : {};
}

const paperOf = (row: RowState): Pick<Extract<AgencyAnswer, { kind: 'accepted' }>, 'detail' | 'papers'> => ({
  detail: row.zzzt === '待收' ? 'waiting_for_paper' : 'in_progress',
  ...handled(row),
});

/** The number allotted must be a number (GB 11643). */
export function registration({ gmsfhm, xm, hh, zzdz, pcsmc, djrq }: Registered): StepResults {
  if (!checkResidentId(gmsfhm).valid) throw broken('gmsfhm');
  return {
    household_registration: {
      residentIdNumber: gmsfhm,
      registeredName: xm,
      householdNumber: hh,
      address: zzdz,
      stationName: pcsmc,
      registeredOn: readDate(djrq, 'djrq'),
    },
  };
}

function raise(field: string): never {
  throw broken(field);
}
