import type { AgencyAdapter, DossierSections } from '@birth/application';
import type { Clock } from '@birth/platform';
import type { InsuranceBasis, StepCode, StepMode } from '@birth/domain';
import { isDeepStrictEqual } from 'node:util';
import { DiseaseControlAdapter } from '../disease-control/disease-control.adapter';
import type { DiseaseControlConfig } from '../disease-control/disease-control.config';
import { HealthCommissionAdapter } from '../health-commission/health-commission.adapter';
import type { HealthCommissionConfig } from '../health-commission/health-commission.config';
import { HumanResourcesAdapter } from '../human-resources/human-resources.adapter';
import { MedicalInsuranceAdapter } from '../medical-insurance/medical-insurance.adapter';
import type { MedicalInsuranceConfig } from '../medical-insurance/medical-insurance.config';
import { PublicSecurityAdapter } from '../public-security/public-security.adapter';
import { keyPair } from './keys.spec-support';
import { requestOf } from './requests.spec-support';

const URL = 'http://127.0.0.1:9';
const clock: Clock = { now: () => 0 };
const health = new HealthCommissionAdapter({ HEALTH_COMMISSION_URL: URL } as HealthCommissionConfig, clock);
const disease = new DiseaseControlAdapter({ DISEASE_CONTROL_URL: URL } as DiseaseControlConfig, clock);
const police = new PublicSecurityAdapter(
  { PUBLIC_SECURITY_URL: URL, PUBLIC_SECURITY_SIGNED_REPLIES: true },
  clock,
  keyPair([], []),
);
const insurance = new MedicalInsuranceAdapter(
  { MEDICAL_INSURANCE_URL: URL } as MedicalInsuranceConfig,
  clock,
  keyPair([], []),
);
const cards = new HumanResourcesAdapter({ HUMAN_RESOURCES_URL: URL }, clock);

interface Sent {
  adapter: AgencyAdapter;
  code: StepCode;
  mode?: StepMode;
  basis?: InsuranceBasis;
}
/** Short names of what is sent, in the order of the table's words. */
const SENT: Readonly<Record<string, Sent>> = {
  certificate: { adapter: health, code: 'birth_certificate' },
  verified: { adapter: health, code: 'birth_certificate', mode: 'verify' },
  vaccination: { adapter: disease, code: 'vaccination' },
  backfill: { adapter: disease, code: 'identity_backfill' },
  household: { adapter: police, code: 'household_registration' },
  registered: { adapter: police, code: 'household_registration', mode: 'already_done' },
  insurance: { adapter: insurance, code: 'medical_insurance' },
  update: { adapter: insurance, code: 'insurance_identity_update' },
  card: { adapter: cards, code: 'social_security_card' },
};

/** By hand, from the agencies' wires: who is told of each field of the form. Mother files, the child follows its father. */
const TOLD: Readonly<Record<string, string>> = {
  '/name/surname': 'certificate verified vaccination backfill household registered',
  '/name/given': 'certificate verified vaccination backfill household registered',
  '/name/surnameSource': 'household',
  '/origin/ethnicity': 'household card',
  '/origin/nationality': 'household card',
  '/mother/name': 'certificate vaccination household insurance card',
  '/mother/identity/type': 'certificate vaccination household insurance card',
  '/mother/identity/number': 'certificate verified vaccination household insurance card',
  '/mother/ethnicity': 'certificate household',
  '/mother/nationality': 'certificate household',
  '/mother/mobile': 'household insurance card',
  '/mother/household/region': '',
  '/mother/household/kind': '',
  '/mother/household/address': '',
  '/mother/residence/region': '',
  '/mother/residence/address': 'certificate',
  '/father/name': 'certificate vaccination household',
  '/father/identity/type': 'certificate vaccination household',
  '/father/identity/number': 'certificate vaccination household',
  '/father/ethnicity': 'certificate household',
  '/father/nationality': 'certificate household',
  '/father/mobile': 'household',
  '/father/household/region': '',
  '/father/household/kind': '',
  '/father/household/address': '',
  '/father/residence/region': '',
  '/father/residence/address': 'certificate',
  '/applicant/name': 'household',
  '/applicant/mobile': 'household',
  '/existing/birthCertificateNumber': 'verified',
  '/existing/residentIdNumber': 'backfill registered',
  '/vaccination/residenceRegion': 'vaccination',
  '/vaccination/residenceAddress': 'vaccination',
  '/vaccination/unitOfficeCode': '',
  '/vaccination/guardianMobile': 'vaccination',
  '/household/follows': 'household',
  '/household/head/name': 'household',
  '/household/head/identityNumber': 'household',
  '/household/head/relationToFollowed': 'household',
  '/household/kind': 'household',
  '/household/region': 'household',
  '/household/address': 'household',
  '/insurance/mode': 'insurance',
  '/insurance/tier': 'insurance',
  '/insurance/years': 'insurance',
  '/insurance/basis': '',
  '/insurance/region': 'insurance',
  '/insurance/townUnit': '',
  '/insurance/subsidyCategory': 'insurance',
  '/card/bankCode': 'card',
  '/card/pickup': 'card',
};
const CORRECTABLE = [
  'name',
  'origin',
  'mother',
  'father',
  'applicant',
  'vaccination',
  'household',
  'insurance',
  'card',
];
/** Verified at the sign-in, or what routing alone looks at. */
const NEVER = ['/applicant/role', '/applicant/identity/type', '/applicant/identity/number', '/insurance/inHospital'];
const OTHER: Readonly<Record<string, unknown>> = {
  '/name/surnameSource': 'mother',
  '/mother/nationality': 'USA',
  '/father/nationality': 'USA',
  '/mother/identity/type': 'passport',
  '/father/identity/type': 'passport',
  '/household/follows': 'mother',
  '/household/head/relationToFollowed': 'grandparent',
  '/household/kind': 'collective',
  '/insurance/mode': 'with_guardian',
  '/insurance/region': '500101001',
  '/insurance/years': [2027],
  '/card/pickup': 'mail',
};

const SECTIONS = requestOf({
  sections: {
    existing: { birthCertificateNumber: 'L500000001', residentIdNumber: '500235202611020022', insuredAlready: false },
  },
});
const vaccinated = { childCode: 'C1', bookNumber: 'B1', unitName: '接种单位' };

function contentOf({ adapter, code, mode = 'issue', basis = 'citizen_id' }: Sent, sections: DossierSections): unknown {
  const results = { ...sections.results, vaccination: vaccinated };
  return adapter.contentOf!(requestOf({ sections: { ...sections, results }, request: { code, mode, basis } }));
}

const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

function changedAt(pointer: string): DossierSections {
  const sections = copyOf(SECTIONS.sections) as unknown as Record<string, unknown>;
  const path = pointer.split('/').slice(1);
  const key = path.pop() as string;
  const target = path.reduce((found, name) => found[name] as Record<string, unknown>, sections);
  const before = target[key];
  target[key] = OTHER[pointer] ?? `${typeof before === 'string' ? before : ''}9`;
  return sections as unknown as DossierSections;
}

const leaves = (value: unknown, at: string): string[] =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? [at]
    : Object.entries(value).flatMap(([key, item]) => leaves(item, `${at}/${key}`));

describe('P15: which agency is told of which field', () => {
  it.each(Object.entries(TOLD))('%s: %s', (pointer, names) => {
    const changed = changedAt(pointer);
    const told = Object.entries(SENT).filter(
      ([, sent]) => !isDeepStrictEqual(contentOf(sent, SECTIONS.sections as DossierSections), contentOf(sent, changed)),
    );
    expect(told.map(([name]) => name)).toEqual(names === '' ? [] : names.split(' '));
  });

  it('every field that a family may correct is in the table', () => {
    const sections = SECTIONS.sections as unknown as Record<string, unknown>;
    const all = CORRECTABLE.flatMap((section) => leaves(sections[section], `/${section}`));
    const known = [...Object.keys(TOLD), ...NEVER];
    expect(all.filter((pointer) => !known.includes(pointer))).toEqual([]);
  });

  it.each(Object.entries(SENT))(
    '%s: the same dossier is the same content, at any moment and under any key',
    (_name, sent) => {
      expect(contentOf(sent, SECTIONS.sections as DossierSections)).toEqual(contentOf(sent, copyOf(SECTIONS.sections)));
    },
  );
});
