import type { Sample, SamplePortal } from '../sample';
import { allDone, type Changes, done, refused } from './expectations';
import { child, claimBirth, make } from './make-case';
import { residentId } from './people';
import { SeededRandom } from './random';

const ON_THE_PHONE: SamplePortal = {
  handlingForm: '3',
  verifiedBy: 'face',
  materials: ['居民户口簿'],
  records: { accept: 5, process: 0, special_procedure: 0, result: 5, rating: 0 },
};

interface PortalCase {
  portal?: Partial<SamplePortal>;
  status?: 'completed' | 'partly_completed';
  changes?: Changes;
  children?: ('male' | 'female')[];
  more?: (sample: Sample) => void;
}

/** Nobody at the portal picks a hospital record: what the family says of the birth finds it. */
function atPortal(name: string, title: string, { portal, status, changes, children, more }: PortalCase): Sample {
  return make(
    name,
    title,
    (s) => {
      s.portal = { ...ON_THE_PHONE, ...portal };
      if (children === undefined) claimBirth(s);
      s.expect = {
        status: status ?? 'completed',
        newborns: s.form.newborns.map(() => allDone(changes)),
      };
      more?.(s);
    },
    children === undefined ? {} : { children },
  );
}

const AUTHORISED = done({ route: 'online_with_papers', papers: ['agent_authorisation'] });

/** Families that file at the city's portal: its number, its papers, and what it hears of the case. */
export const PORTAL_CASES: Sample[] = [
  atPortal('portal-mother-files', 'The mother files at the city’s portal on her phone, and rates what she got (P20)', {
    portal: { records: { ...ON_THE_PHONE.records, rating: 1 } },
    more: (s) => {
      s.rating = { level: 5, aspects: { efficiency: 5, convenience: 4 }, isCalledBack: false };
      s.expect = { ...s.expect!, rating: 'rated 5 (非常满意), no call owed' };
    },
  }),
  atPortal('portal-agent-files', 'An agent files at the city’s portal, where the authorisation lies (P7)', {
    portal: { handlingForm: '2', verifiedBy: 'e_licence', materials: ['授权委托书', '居民户口簿'] },
    changes: { birth_certificate: AUTHORISED, household_registration: AUTHORISED },
    more: (s) => {
      const identity = { type: 'resident_id_card', number: residentId(new SeededRandom(101), 'female') } as const;
      const agent = { name: '陈桂芳', identity, mobile: '13900001112' };
      s.form.applicant = { role: 'agent', ...agent, authorisation: '{{material}}' };
    },
  }),
  atPortal('portal-twins-at-the-window', 'A clerk of the hall files twins at the city’s portal for their mother', {
    children: ['female', 'male'],
    portal: { handlingForm: '1', verifiedBy: 'window', materials: [], records: { accept: 10, result: 10 } },
  }),
  atPortal('portal-correction-rated-badly', 'Corrected once, then rated badly: the coordinator calls back (P20)', {
    // whether it is asked for a correction at all depends on no reply being lost
    portal: { records: { accept: 5, result: 5, rating: 1 } },
    more: (s) => {
      s.scenarios = { 'disease-control': { kind: 'correction_once', fields: ['residenceAddress'] } };
      const fields = { '/vaccination/residenceAddress': '重庆市云阳县双江街道示例路188号' };
      s.actions = [{ when: { step: 'vaccination', state: 'correction_needed' }, do: 'correct', fields }];
      s.rating = { level: 1, aspects: { windowAttitude: 1 }, text: '来回跑了两趟', isCalledBack: true };
      s.expect = { ...s.expect!, rating: 'rated 1 (非常不满意), called back' };
    },
  }),
  atPortal('portal-card-refused', 'The bank refuses the card: the portal hears of the refusal as of the rest', {
    status: 'partly_completed',
    changes: { social_security_card: refused() },
    more: (s) => {
      s.scenarios = { 'human-resources': { kind: 'bank_refuses' } };
    },
  }),
  atPortal('portal-stillbirth', 'A stillbirth at the city’s portal: answered gently, nothing is stored (P16)', {
    more: (s) => {
      child(s).outcome = 'stillborn';
      s.births = s.births.map((birth) => birth && { ...birth, notified: 'never' });
      s.refusedWith = { status: 422, code: 'stillbirth' };
      s.expect = null;
    },
  }),
  atPortal(
    'portal-household-elsewhere',
    'Household in another province: the portal hears of what the county does (P4)',
    {
      portal: { records: { ...ON_THE_PHONE.records, accept: 4, result: 4 } },
      changes: {
        household_registration: done({
          mode: 'external',
          route: 'window',
          officeKind: 'outside_agency',
          source: 'external',
          promiseDays: null,
        }),
        medical_insurance: done({ basis: 'birth_certificate' }),
        insurance_identity_update: done(),
      },
      more: (s) => {
        for (const parent of [s.form.mother!, s.form.father!]) parent.household.region = '510722';
        child(s).household = { ...child(s).household!, region: '510722' };
        s.actions = [
          { when: { step: 'household_registration', state: 'action_needed' }, do: 'report_external' },
          { when: { step: 'household_registration', state: 'accepted' }, do: 'verify' },
        ];
      },
    },
  ),
];

/** Families that file here and say how it went. */
export const RATING_CASES: Sample[] = [
  make('rated-in-the-middle', 'Rather satisfied: nobody has to call (P20)', (s) => {
    s.rating = { level: 3, text: '总体顺利', isCalledBack: false };
    s.expect = { status: 'completed', newborns: [allDone()], rating: 'rated 3 (基本满意), no call owed' };
  }),
  make('rated-badly', 'Dissatisfied: the coordinator owes a call within fifteen working days (P20)', (s) => {
    s.rating = { level: 2, aspects: { efficiency: 2, guideAccuracy: 1 }, isCalledBack: false };
    s.expect = { status: 'completed', newborns: [allDone()], rating: 'rated 2 (不满意), call owed' };
  }),
];
