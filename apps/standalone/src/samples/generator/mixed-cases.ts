import type { Sample } from '../sample';
import { allDone, atPoliceWindow, done, external, not, waits, window } from './expectations';
import { bornElsewhere, child, followMother, headed, make, ownBirthFacts, surnameOfMother } from './make-case';

const onCertificate = done({ basis: 'birth_certificate' });

/** Several rules at once, as life has it. */
export const MIXED_CASES: Sample[] = [
  make(
    'twins-one-in-hospital',
    'Twins: the second in hospital, enrolled on the certificate at once; the first as usual (P5, P11)',
    (s) => {
      child(s, 1).insurance!.inHospital = true;
      s.expect = {
        status: 'completed',
        newborns: [allDone(), allDone({ medical_insurance: onCertificate, insurance_identity_update: done() })],
      };
    },
    { children: ['male', 'female'] },
  ),
  make(
    'twins-one-household-elsewhere',
    'Twins: the second follows the mother, whose household is out of province (P4, P5)',
    (s) => {
      s.form.mother!.household.region = '510722';
      followMother(s, 1);
      child(s, 1).household!.region = '510722';
      s.expect = {
        status: 'needs_family',
        newborns: [
          allDone(),
          allDone({
            household_registration: external(),
            medical_insurance: onCertificate,
            social_security_card: waits('applicant'),
            insurance_identity_update: waits('applicant'),
          }),
        ],
      };
    },
    { children: ['female', 'male'] },
  ),
  make(
    'twins-one-name-out-of-table',
    'Twins: a character of the second’s name is outside the table: its household at the window (P5, P6)',
    (s) => {
      child(s, 1).name = { ...child(s, 1).name!, given: '喆峯' };
      s.expect = { status: 'needs_family', newborns: [allDone(), atPoliceWindow()] };
    },
    { children: ['male', 'male'] },
  ),
  make(
    'twins-two-towns',
    'Twins: the second joins the mother’s book in another town, its own station answers (P2, P5)',
    (s) => {
      followMother(s, 1);
      child(s, 1).household!.region = '500235206';
      s.form.mother!.household.region = '500235206';
      s.expect = {
        status: 'completed',
        newborns: [allDone(), allDone({ household_registration: done({ officeCode: 'YYP042' }) })],
      };
    },
    { children: ['female', 'female'] },
  ),
  make(
    'triplets-services-differ',
    'Triplets: one asked for without card, one without insurance and card (P5)',
    (s) => {
      const services = child(s).services;
      child(s, 1).services = services.filter((code) => code !== 'social_security_card');
      child(s, 2).services = services.filter((code) => code !== 'social_security_card' && code !== 'medical_insurance');
      s.expect = {
        status: 'completed',
        newborns: [
          allDone(),
          allDone({ social_security_card: not('not_requested') }),
          allDone({ medical_insurance: not('not_requested'), social_security_card: not('not_requested') }),
        ],
      };
    },
    { children: ['male', 'female', 'male'] },
  ),
  make(
    'foreign-mother',
    'The mother is a foreigner, the child follows the father: window with her passport (P7)',
    (s) => {
      s.form.mother = {
        ...s.form.mother!,
        name: 'ANNA KOWALSKA',
        identity: { type: 'passport', number: 'P55667788' },
        nationality: 'POL',
      };
      s.form.applicant = { ...s.form.applicant, name: s.form.mother.name, identity: s.form.mother.identity };
      s.expect = { status: 'needs_family', newborns: [atPoliceWindow(['foreign_parent_passport'])] };
    },
  ),
  make('born-on-the-way', 'Born on the way to the hospital: as a birth at home (P4)', (s) => {
    ownBirthFacts(s, { region: '500235', kind: 'en_route' });
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
  make(
    'household-elsewhere-in-chongqing',
    'Born here, household in another county of the city: tracked (P4, P12)',
    (s) => {
      for (const parent of [s.form.mother!, s.form.father!]) parent.household.region = '500101';
      child(s).household = { ...child(s).household!, region: '500101' };
      s.expect = {
        status: 'needs_family',
        newborns: [
          allDone({
            household_registration: external(),
            medical_insurance: onCertificate,
            social_security_card: waits('applicant'),
            insurance_identity_update: waits('applicant'),
          }),
        ],
      };
    },
  ),
  make(
    'born-elsewhere-in-hospital',
    'Born elsewhere in the city, still in hospital: insured on the certificate (P4, P11)',
    (s) => {
      bornElsewhere(s, '500101');
      child(s).insurance!.inHospital = true;
      s.expect = {
        status: 'completed',
        newborns: [
          allDone({
            birth_certificate: done({ mode: 'verify' }),
            medical_insurance: onCertificate,
            insurance_identity_update: done(),
          }),
        ],
      };
    },
  ),
  make('vaccination-only', 'Only the vaccination record is asked for (P4)', (s) => {
    child(s).services = ['vaccination'];
    s.expect = {
      status: 'completed',
      newborns: [
        allDone({
          birth_certificate: not('not_requested'),
          household_registration: not('not_requested'),
          medical_insurance: not('not_requested'),
          social_security_card: not('not_requested'),
        }),
      ],
    };
  }),
  make('card-of-an-insured-child', 'Registered and insured before: only the card is still to be made (P4)', (s) => {
    s.known = { resident: true, insured: true };
    child(s).existing = { residentIdNumber: '{{childId:0}}', insuredAlready: true };
    child(s).services = ['medical_insurance', 'social_security_card'];
    s.expect = {
      status: 'completed',
      newborns: [
        allDone({
          birth_certificate: not('not_requested'),
          vaccination: not('not_requested'),
          household_registration: not('not_requested'),
          medical_insurance: done({ mode: 'already_done', promiseDays: null }),
        }),
      ],
    };
  }),
  make(
    'unmarried-two-ethnicities',
    'Not married, two ethnic groups, follows the mother: two statements, no refusal (P7, P8)',
    (s) => {
      s.form.parentsRelation = 'not_married';
      s.form.mother!.ethnicity = '15';
      followMother(s);
      child(s).surnameSource = 'mother';
      child(s).name = { surname: surnameOfMother(s), given: '星辰' };
      s.expect = {
        status: 'completed',
        newborns: [
          allDone({ household_registration: done({ papers: ['non_marital_birth_statement', 'ethnicity_choice'] }) }),
        ],
      };
    },
  ),
  make('husband-heads-mothers-household', 'Joins the mother’s household, whose head is her husband (P5, P7)', (s) => {
    followMother(s);
    child(s).household!.head = { ...headed(s.form.father!), relationToFollowed: 'spouse' };
    s.expect = { status: 'completed', newborns: [allDone()] };
  }),
  make('counter-of-another-desk', 'The family insures at a desk of another street than it lives in (P2)', (s) => {
    child(s).insurance!.townUnit = 'YYI042';
    s.expect = {
      status: 'completed',
      newborns: [allDone({ medical_insurance: done({ officeCode: 'YYI042' }) })],
    };
  }),
];
