import type { Sample } from '../sample';
import { allDone, done, waits, window } from './expectations';
import { bornElsewhere, child, make, ownBirthFacts } from './make-case';

/** Births elsewhere, and what was done before filing (P4). */
export const LANE_CASES: Sample[] = [
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
    'Born out of province, relation not stated: household at the window, never refused (P4)',
    (s) => {
      bornElsewhere(s, '510722');
      s.form.parentsRelation = 'not_stated';
      s.expect = {
        status: 'needs_family',
        newborns: [
          allDone({
            birth_certificate: done({ mode: 'verify' }),
            household_registration: window(['relation_not_stated_statement', 'paternity_report']),
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
    ownBirthFacts(s, { region: '500235', kind: 'home' });
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
];
