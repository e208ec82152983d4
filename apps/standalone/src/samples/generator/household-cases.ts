import type { Sample } from '../sample';
import { allDone, atPoliceWindow, done, external, not, waits } from './expectations';
import { child, followMother, make, surnameOfMother } from './make-case';

/** Which household the child joins, and where it is registered (P4, P7). */
export const HOUSEHOLD_CASES: Sample[] = [
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
    child(s).surnameSource = 'mother';
    child(s).name = { surname: surnameOfMother(s), given: '乐安' };
    followMother(s);
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
    s.scenarios = { 'public-security': { kind: 'accept_slowly', delayMs: 600_000 } };
    s.actions = [
      { when: { step: 'household_registration', state: 'delivered' }, do: 'done_elsewhere' },
      { when: { step: 'household_registration', state: 'accepted' }, do: 'verify' },
    ];
    s.expect = { status: 'completed', newborns: [allDone({ household_registration: done({ source: 'counter' }) })] };
  }),
];
