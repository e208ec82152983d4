import type { Sample } from '../sample';
import {
  allDone,
  allWait,
  atPoliceWindow,
  done,
  external,
  lateMonth,
  lateNinety,
  not,
  waits,
  window,
} from './expectations';
import { ordinaryFamily } from './family';
import { residentId } from './people';
import { SeededRandom } from './random';

const child = (sample: Sample, index = 0) => sample.form.newborns[index]!;
const birthOf = (sample: Sample, index = 0) => sample.births[index]!;

function make(name: string, title: string, change: (sample: Sample) => void, options = {}): Sample {
  const sample = ordinaryFamily(name, title, options);
  change(sample);
  return sample;
}

function fatherUnknown(sample: Sample): void {
  sample.form.father = null;
  const { mother } = sample.form;
  const first = child(sample);
  first.surnameSource = 'mother';
  first.name = {
    surname: mother!.name.slice(0, mother!.name.startsWith('欧阳') ? 2 : 1),
    given: first.name?.given ?? '安',
  };
  first.household = {
    ...first.household!,
    follows: 'mother',
    head: { name: mother!.name, identityNumber: mother!.identity.number, relationToFollowed: 'self' },
    region: mother!.household.region,
    address: mother!.household.address,
  };
}

/** Families in their variety; policy clauses in the titles. */
export const FAMILY_CASES: Sample[] = [
  ...[
    'ordinary-couple',
    'ordinary-couple-2',
    'ordinary-couple-3',
    'ordinary-couple-4',
    'ordinary-couple-5',
    'ordinary-couple-6',
  ].map((name) =>
    make(name, 'Married couple, born here, everything online', (s) => {
      s.expect = { status: 'completed', newborns: [allDone()] };
    }),
  ),
  make('unmarried-mother-alone', 'Unmarried mother files alone; generated statement, nothing to bring (P7)', (s) => {
    fatherUnknown(s);
    s.form.parentsRelation = 'not_married';
    s.expect = {
      status: 'completed',
      newborns: [allDone({ household_registration: done({ papers: ['non_marital_birth_statement'] }) })],
    };
  }),
  make('father-not-provided', 'Father not provided, relation not stated (P7)', (s) => {
    fatherUnknown(s);
    s.form.parentsRelation = 'not_stated';
    s.expect = { status: 'completed', newborns: [allDone()] };
  }),
  make(
    'follows-father-out-of-wedlock',
    'Follows the father out of wedlock: paternity report for the police only (P7)',
    (s) => {
      s.form.parentsRelation = 'not_married';
      s.expect = {
        status: 'completed',
        newborns: [
          allDone({
            household_registration: done({
              route: 'online_with_papers',
              papers: ['non_marital_birth_statement', 'paternity_report'],
            }),
          }),
        ],
      };
    },
  ),
  make(
    'follows-mother-out-of-wedlock',
    'Follows the mother out of wedlock: no paternity report (国办发〔2015〕96号)',
    (s) => {
      s.form.parentsRelation = 'not_married';
      const { mother } = s.form;
      child(s).household = {
        ...child(s).household!,
        follows: 'mother',
        head: { name: mother!.name, identityNumber: mother!.identity.number, relationToFollowed: 'self' },
      };
      s.expect = {
        status: 'completed',
        newborns: [allDone({ household_registration: done({ papers: ['non_marital_birth_statement'] }) })],
      };
    },
  ),
  make(
    'grandmothers-household-book',
    'Mother is registered in her mother’s book: head is the grandmother (P5)',
    (s) => {
      const random = new SeededRandom(77);
      child(s).household = {
        ...child(s).household!,
        follows: 'mother',
        head: { name: '向桂英', identityNumber: residentId(random, 'female'), relationToFollowed: 'parent' },
      };
      s.expect = { status: 'completed', newborns: [allDone()] };
    },
  ),
  make('father-files', 'The father files; the mother confirms (P7)', (s) => {
    const { father } = s.form;
    s.form.applicant = { role: 'father', name: father!.name, identity: father!.identity, mobile: father!.mobile };
    child(s).birthRecordId = null;
    child(s).claimedBirth = {
      hospitalOfficeCode: birthOf(s).office,
      bornOn: '{{bornOn}}',
      plurality: 1,
      deliveryOrder: 1,
    };
    s.expect = { status: 'completed', newborns: [allDone()] };
  }),
  make('other-parent-silent', 'The other parent does not answer: certificate waits, vaccination goes on (P7)', (s) => {
    s.consent = 'silent';
    s.expect = {
      status: 'awaiting_consent',
      newborns: [allWait('applicant', 'parent_confirmation')],
    };
  }),
  make(
    'twins-two-surnames-two-households',
    'Twins, boy and girl, two surnames, two households (P5)',
    (s) => {
      const { mother } = s.form;
      const second = child(s, 1);
      second.surnameSource = 'mother';
      second.name = { surname: mother!.name.startsWith('欧阳') ? '欧阳' : mother!.name.slice(0, 1), given: '雨桐' };
      second.household = {
        ...second.household!,
        follows: 'mother',
        head: { name: mother!.name, identityNumber: mother!.identity.number, relationToFollowed: 'self' },
        address: '重庆市云阳县双江街道示例路88号',
      };
      s.expect = { status: 'completed', newborns: [allDone(), allDone()] };
    },
    { children: ['male', 'female'] },
  ),
  make(
    'twins-girls',
    'Twin girls of one household',
    (s) => {
      s.expect = { status: 'completed', newborns: [allDone(), allDone()] };
    },
    { children: ['female', 'female'] },
  ),
  make(
    'triplets',
    'Triplets: three sets of steps in one application (P5)',
    (s) => {
      s.expect = { status: 'completed', newborns: [allDone(), allDone(), allDone()] };
    },
    { children: ['male', 'female', 'female'] },
  ),
  make('rare-character-in-table', '䶮 is in the standard table: online, whatever its plane', (s) => {
    child(s).name = { ...child(s).name!, given: '䶮' };
    s.expect = { status: 'completed', newborns: [allDone()] };
  }),
  make('rare-character-supplementary-plane', '𬱖 lies in a supplementary plane: household at the window (P6)', (s) => {
    child(s).name = { ...child(s).name!, given: '𬱖' };
    s.expect = {
      status: 'needs_family',
      newborns: [atPoliceWindow()],
    };
  }),
  make('character-outside-table', 'A variant outside the standard table: household at the window (P6)', (s) => {
    child(s).name = { ...child(s).name!, given: '喆峯' };
    s.expect = {
      status: 'needs_family',
      newborns: [atPoliceWindow()],
    };
  }),
  make(
    'name-of-25-characters',
    'A name of 25 characters passes; beyond 40 bytes the household step goes to the window',
    (s) => {
      fatherUnknown(s);
      child(s).surnameSource = 'minority_custom';
      child(s).ethnicity = '05';
      s.form.mother!.ethnicity = '05';
      child(s).name = { surname: '阿卜杜拉', given: '麦麦提·吐尔逊江·买买提明·艾合买提·古丽' };
      s.expect = {
        status: 'needs_family',
        newborns: [atPoliceWindow(['surname_reason'])],
      };
    },
  ),
  make('name-with-separator', 'A name with · of a minority (P6)', (s) => {
    fatherUnknown(s);
    child(s).surnameSource = 'minority_custom';
    child(s).ethnicity = '05';
    s.form.mother!.ethnicity = '05';
    child(s).name = { surname: '阿依', given: '古丽·买买提' };
    s.expect = {
      status: 'completed',
      newborns: [
        allDone({ household_registration: done({ route: 'online_with_papers', papers: ['surname_reason'] }) }),
      ],
    };
  }),
  make('third-surname', 'A third surname: reason needed, both parents confirm (民法典 1015)', (s) => {
    child(s).surnameSource = 'other_lineal';
    child(s).name = { surname: '冉', given: '子墨' };
    s.expect = {
      status: 'completed',
      newborns: [
        allDone({ household_registration: done({ route: 'online_with_papers', papers: ['surname_reason'] }) }),
      ],
    };
  }),
  make('name-undecided', 'No name yet: vaccination goes on, certificate waits for the family (P6)', (s) => {
    child(s).name = null;
    s.expect = {
      status: 'needs_family',
      newborns: [allWait('applicant', 'name_undecided')],
    };
  }),
  make('name-decided-later', 'The name comes after filing (P6)', (s) => {
    const { surname, given } = child(s).name!;
    child(s).name = null;
    s.laterName = { surname, given, surnameSource: 'father' };
    s.expect = { status: 'completed', newborns: [allDone({ identity_backfill: done() })] };
  }),
  make('different-ethnicities', 'Parents of two ethnic groups: both choose and confirm (P7)', (s) => {
    s.form.mother!.ethnicity = '15';
    s.expect = {
      status: 'completed',
      newborns: [allDone({ household_registration: done({ papers: ['ethnicity_choice'] }) })],
    };
  }),
  make('collective-household', 'Collective household: online with the unit’s consent', (s) => {
    child(s).household = { ...child(s).household!, kind: 'collective' };
    s.form.father!.household.kind = 'collective';
    s.expect = {
      status: 'completed',
      newborns: [
        allDone({
          household_registration: done({ route: 'online_with_papers', papers: ['collective_household_consent'] }),
        }),
      ],
    };
  }),
  make('both-collective', 'Both parents in collective households: window (P7)', (s) => {
    child(s).household = { ...child(s).household!, kind: 'collective' };
    s.form.father!.household.kind = 'collective';
    s.form.mother!.household.kind = 'collective';
    s.expect = {
      status: 'needs_family',
      newborns: [atPoliceWindow()],
    };
  }),
  make('military-father', 'The followed parent is in the military: window (P7)', (s) => {
    s.form.father!.household.kind = 'military';
    s.expect = {
      status: 'needs_family',
      newborns: [atPoliceWindow()],
    };
  }),
  make('foreign-father', 'One parent is a foreigner: household at the window, the rest online', (s) => {
    s.form.father = {
      ...s.form.father!,
      name: 'JOHN SMITH',
      identity: { type: 'passport', number: 'P12345678' },
      nationality: 'USA',
      ethnicity: '01',
    };
    fatherStays(s);
    s.expect = {
      status: 'needs_family',
      newborns: [atPoliceWindow(['foreign_parent_passport'])],
    };
  }),
  make('both-foreign', 'Both parents are foreigners: no household, no card; insurance on the certificate', (s) => {
    s.form.mother = {
      ...s.form.mother!,
      name: 'MARIA GARCIA',
      identity: { type: 'passport', number: 'P22334455' },
      nationality: 'ESP',
    };
    s.form.father = {
      ...s.form.father!,
      name: 'JUAN LOPEZ',
      identity: { type: 'passport', number: 'P99887766' },
      nationality: 'ESP',
    };
    s.form.applicant = {
      role: 'mother',
      name: 'MARIA GARCIA',
      identity: s.form.mother.identity,
      mobile: s.form.mother.mobile,
    };
    child(s).nationality = 'ESP';
    child(s).name = { surname: '加', given: '西亚' };
    child(s).insurance!.basis = 'birth_certificate';
    delete child(s).household;
    s.expect = {
      status: 'completed',
      newborns: [
        allDone({
          household_registration: not('foreign_nationals'),
          medical_insurance: done({ basis: 'birth_certificate' }),
          social_security_card: not('foreign_nationals'),
        }),
      ],
    };
  }),
  make(
    'out-of-province-parents',
    'Born here, household in another province: tracked outside, insurance on the certificate (P4, P12)',
    (s) => {
      for (const parent of [s.form.mother!, s.form.father!]) parent.household.region = '510722';
      child(s).household = { ...child(s).household!, region: '510722' };
      s.expect = {
        status: 'needs_family',
        newborns: [
          allDone({
            household_registration: external(),
            medical_insurance: done({ basis: 'birth_certificate' }),
            social_security_card: waits('applicant'),
            insurance_identity_update: waits('applicant'),
          }),
        ],
      };
    },
  ),
  make('external-household-reported', 'Household elsewhere, number brought and verified by a clerk (P4)', (s) => {
    for (const parent of [s.form.mother!, s.form.father!]) parent.household.region = '510722';
    child(s).household = { ...child(s).household!, region: '510722' };
    s.actions = [
      { when: { step: 'household_registration', state: 'action_needed' }, do: 'report_external' },
      { when: { step: 'household_registration', state: 'accepted' }, do: 'verify' },
    ];
    s.expect = {
      status: 'completed',
      newborns: [
        allDone({
          household_registration: done({
            mode: 'external',
            route: 'window',
            officeKind: 'outside_agency',
            source: 'external',
            promiseDays: null,
          }),
          medical_insurance: done({ basis: 'birth_certificate' }),
          insurance_identity_update: done(),
        }),
      ],
    };
  }),
  make('done-at-the-counter', 'Household done at the counter meanwhile, verified by a clerk (P14)', (s) => {
    s.scenarios = { 'public-security': { kind: 'accept_slowly', delayMs: 60_000 } };
    s.actions = [
      { when: { step: 'household_registration', state: 'accepted' }, do: 'done_elsewhere' },
      { when: { step: 'household_registration', state: 'accepted' }, do: 'verify' },
    ];
    s.expect = { status: 'completed', newborns: [allDone({ household_registration: done({ source: 'counter' }) })] };
  }),
  make(
    'born-elsewhere-with-certificate',
    'Born out of province, inside the police lane: certificate verified (P4)',
    (s) => {
      bornElsewhere(s, '510722');
      s.form.mother!.residencePermitNumber = 'JZZ5002350001';
      s.expect = {
        status: 'completed',
        newborns: [
          allDone({
            birth_certificate: done({ mode: 'verify' }),
            household_registration: done({ route: 'online_with_papers', papers: ['residence_permit'] }),
          }),
        ],
      };
    },
  ),
  make(
    'born-elsewhere-outside-the-lane',
    'Born out of province, unmarried: household at the window, never refused (P4)',
    (s) => {
      bornElsewhere(s, '510722');
      s.form.parentsRelation = 'not_stated';
      s.expect = {
        status: 'needs_family',
        newborns: [
          allDone({
            birth_certificate: done({ mode: 'verify' }),
            household_registration: window(['paternity_report']),
            medical_insurance: waits('applicant'),
            social_security_card: waits('applicant'),
          }),
        ],
      };
    },
  ),
  make(
    'born-in-chongqing-with-certificate',
    'Born elsewhere in Chongqing: certificate verified, household online (P4)',
    (s) => {
      bornElsewhere(s, '500101');
      s.expect = { status: 'completed', newborns: [allDone({ birth_certificate: done({ mode: 'verify' }) })] };
    },
  ),
  make('household-done-already', 'Household done before: the number is checked (P4)', (s) => {
    s.known = { resident: true };
    child(s).existing = { residentIdNumber: '{{childId:0}}' };
    s.expect = {
      status: 'completed',
      newborns: [allDone({ household_registration: done({ mode: 'already_done', promiseDays: null }) })],
    };
  }),
  make('insured-already', 'Household and insurance done before: both verified by query (P4)', (s) => {
    s.known = { resident: true, insured: true };
    child(s).existing = { residentIdNumber: '{{childId:0}}', insuredAlready: true };
    s.expect = {
      status: 'completed',
      newborns: [
        allDone({
          household_registration: done({ mode: 'already_done', promiseDays: null }),
          medical_insurance: done({ mode: 'already_done', promiseDays: null }),
        }),
      ],
    };
  }),
  make('insured-already-unknown', 'Said to be insured, but no register knows it: the family is asked', (s) => {
    child(s).existing = { insuredAlready: true };
    s.expect = {
      status: 'needs_family',
      newborns: [
        allDone({
          medical_insurance: done({
            state: 'correction_needed',
            owner: 'applicant',
            mode: 'already_done',
            reason: 'agency_asked_correction',
            source: null,
            promiseDays: null,
          }),
          social_security_card: waits('applicant'),
        }),
      ],
    };
  }),
  make('home-birth', 'Born at home: certificate at the maternal health unit’s window; the rest waits (P4)', (s) => {
    child(s).birthRecordId = null;
    child(s).birth = {
      sex: birthOf(s).sex,
      bornAt: '{{bornAt:0}}',
      plurality: 1,
      deliveryOrder: 1,
      place: { region: '500235', kind: 'home' },
    };
    s.births = [{ ...birthOf(s), notified: 'never' }];
    s.expect = {
      status: 'needs_family',
      newborns: [
        allDone({
          birth_certificate: window(['relationship_statement', 'paternity_report'], {
            officeKind: 'maternal_health_unit',
          }),
          household_registration: waits('applicant'),
          medical_insurance: waits('applicant'),
          social_security_card: waits('applicant'),
        }),
      ],
    };
  }),
  make('agent-files', 'An agent files with a signed authorisation', (s) => {
    const random = new SeededRandom(99);
    s.form.applicant = {
      role: 'agent',
      name: '周明辉',
      identity: { type: 'resident_id_card', number: residentId(random, 'male') },
      mobile: '13900001111',
      authorisation: '{{material}}',
    };
    child(s).birthRecordId = null;
    child(s).claimedBirth = {
      hospitalOfficeCode: birthOf(s).office,
      bornOn: '{{bornOn}}',
      plurality: 1,
      deliveryOrder: 1,
    };
    s.expect = {
      status: 'completed',
      newborns: [
        allDone({
          birth_certificate: done({ route: 'online_with_papers', papers: ['agent_authorisation'] }),
          household_registration: done({ route: 'online_with_papers', papers: ['agent_authorisation'] }),
        }),
      ],
    };
  }),
  make(
    'certificate-basis-insurance',
    'Insurance on the birth certificate, ID number updated exactly once (P11)',
    (s) => {
      child(s).insurance!.basis = 'birth_certificate';
      s.expect = {
        status: 'completed',
        newborns: [
          allDone({
            medical_insurance: done({ basis: 'birth_certificate' }),
            insurance_identity_update: done(),
          }),
        ],
      };
    },
  ),
  make('baby-in-hospital', 'Baby in hospital: urgent enrolment on the certificate (P11)', (s) => {
    child(s).insurance = { ...child(s).insurance!, basis: 'birth_certificate', inHospital: true };
    s.expect = {
      status: 'completed',
      newborns: [
        allDone({
          medical_insurance: done({ basis: 'birth_certificate' }),
          insurance_identity_update: done(),
        }),
      ],
    };
  }),
  make('mail-delivery', 'Card and certificate by mail', (s) => {
    const { mother } = s.form;
    child(s).card!.pickup = 'mail';
    const to = {
      mode: 'mail',
      recipient: mother!.name,
      mobile: mother!.mobile,
      address: mother!.residence.address,
    } as const;
    child(s).delivery = [
      { document: 'birth_certificate', ...to },
      { document: 'social_security_card', ...to },
    ];
    s.expect = { status: 'completed', newborns: [allDone()] };
  }),
  make('counter-delivery', 'Everything fetched at the counter', (s) => {
    child(s).delivery = [
      { document: 'birth_certificate', mode: 'self' },
      { document: 'household_page', mode: 'self' },
    ];
    s.expect = { status: 'completed', newborns: [allDone()] };
  }),
  make('insured-with-guardian', 'Insured with the guardian in the year of birth (P11)', (s) => {
    child(s).insurance!.mode = 'with_guardian';
    s.expect = { status: 'completed', newborns: [allDone()] };
  }),
  make('hospital-record-late', 'The family files before the hospital’s record came (P3)', (s) => {
    child(s).birthRecordId = null;
    child(s).claimedBirth = {
      hospitalOfficeCode: birthOf(s).office,
      bornOn: '{{bornOn}}',
      plurality: 1,
      deliveryOrder: 1,
    };
    s.births = [{ ...birthOf(s), notified: 'after' }];
    s.expect = { status: 'completed', newborns: [allDone()] };
  }),
  make('hospital-record-missing', 'The hospital’s record does not come: the hospital owns the wait (P3)', (s) => {
    child(s).birthRecordId = null;
    child(s).claimedBirth = {
      hospitalOfficeCode: birthOf(s).office,
      bornOn: '{{bornOn}}',
      plurality: 1,
      deliveryOrder: 1,
    };
    s.births = [{ ...birthOf(s), notified: 'never' }];
    s.expect = {
      status: 'in_progress',
      newborns: [
        allWait('hospital', 'hospital_record_missing', {
          vaccination: waits('hospital', 'hospital_record_missing'),
        }),
      ],
    };
  }),
  make('remote-town-worklist', 'A vaccination unit that works by hand: answered through the worklist', (s) => {
    child(s).vaccination!.unitOfficeCode = 'YYV009';
    s.expect = { status: 'completed', newborns: [allDone({ vaccination: done({ source: 'worklist' }) })] };
  }),
  make('two-services-only', 'Only certificate and vaccination are asked for', (s) => {
    child(s).services = ['birth_certificate', 'vaccination'];
    s.expect = {
      status: 'completed',
      newborns: [
        allDone({
          household_registration: not('not_requested'),
          medical_insurance: not('not_requested'),
          social_security_card: not('not_requested'),
        }),
      ],
    };
  }),
  make(
    'age-28-days',
    'Filed on day 28: every limit is still open (P10)',
    (s) => {
      s.expect = { status: 'completed', newborns: [allDone()] };
    },
    { ageDays: 28 },
  ),
  ...[60, 89].map((ageDays) =>
    make(
      `age-${ageDays}-days`,
      `Filed on day ${ageDays}: late for the month, nothing is refused (P10)`,
      (s) => {
        const late = { vaccination: done(lateMonth), household_registration: done(lateMonth) };
        s.expect = { status: 'completed', newborns: [allDone(late)] };
      },
      { ageDays },
    ),
  ),
  ...(
    [
      [91, 'by_due_day'],
      [101, true],
    ] as const
  ).map(([ageDays, late]) =>
    make(
      `age-${ageDays}-days`,
      `Filed on day ${ageDays}: late on arrival, still registered (P10)`,
      (s) => {
        s.expect = {
          status: 'completed',
          newborns: [
            allDone({
              vaccination: done(lateMonth),
              household_registration: done(lateMonth),
              medical_insurance: done(lateNinety(late)),
            }),
          ],
        };
      },
      { ageDays },
    ),
  ),
  make('stillbirth', 'A stillbirth is answered gently and nothing is stored (P16)', (s) => {
    child(s).outcome = 'stillborn';
    child(s).birthRecordId = null;
    child(s).claimedBirth = {
      hospitalOfficeCode: birthOf(s).office,
      bornOn: '{{bornOn}}',
      plurality: 1,
      deliveryOrder: 1,
    };
    s.births = [{ ...birthOf(s), notified: 'never' }];
    s.refusedWith = { status: 422, code: 'stillbirth' };
    s.expect = null;
  }),
];

/** The surname stays the mother's where the father has none in Han characters. */
function fatherStays(s: Sample): void {
  const { mother } = s.form;
  child(s).surnameSource = 'mother';
  child(s).name = { surname: mother!.name.startsWith('欧阳') ? '欧阳' : mother!.name.slice(0, 1), given: '乐安' };
  child(s).household = {
    ...child(s).household!,
    follows: 'mother',
    head: { name: mother!.name, identityNumber: mother!.identity.number, relationToFollowed: 'self' },
  };
}

function bornElsewhere(s: Sample, region: string): void {
  s.known = { certificate: true };
  s.births = [{ ...birthOf(s), notified: 'never' }];
  child(s).birthRecordId = null;
  child(s).birth = {
    sex: birthOf(s).sex,
    bornAt: '{{bornAt:0}}',
    plurality: 1,
    deliveryOrder: 1,
    place: { region, kind: 'hospital' },
  };
  child(s).existing = { birthCertificateNumber: '{{certificate:0}}' };
}
