import type { Sample } from '../sample';
import { allDone, done, lateMonth, lateNinety, waits } from './expectations';
import { bornElsewhere, child, make } from './make-case';

/** In no register here; the demo's clerk has the answer of the place of issue. */
const UNKNOWN = 'L510099001';
const certificate = (number: string) => ({ birthCertificateNumber: number });
const isAsked = { step: 'birth_certificate', state: 'suspended' } as const;
const inLane = { route: 'online_with_papers', papers: ['residence_permit'] } as const;

/** A certificate that the register does not know, and what its place of issue says (P4). */
export const ELSEWHERE_CASES: Sample[] = [
  make('certificate-verified-elsewhere', 'A certificate unknown here: its place of issue confirms it (P4)', (s) => {
    bornElsewhere(s, '500101');
    delete s.known;
    child(s).existing = certificate(UNKNOWN);
    s.actions = [{ when: isAsked, do: 'check_verified' }];
    s.expect = {
      status: 'completed',
      overall: 'ended',
      newborns: [allDone({ birth_certificate: done({ mode: 'verify', source: 'clerk' }) })],
    };
  }),
  make('certificate-not-verified', 'A certificate unknown here and there: the family reads what to do (P4)', (s) => {
    bornElsewhere(s, '500101');
    delete s.known;
    child(s).existing = certificate('L510099002');
    s.actions = [{ when: isAsked, do: 'check_not_verified' }];
    s.expect = {
      status: 'needs_family',
      overall: 'rests',
      newborns: [
        allDone({
          birth_certificate: done({
            state: 'correction_needed',
            owner: 'applicant',
            mode: 'verify',
            reason: 'certificate_not_verified',
            source: null,
          }),
          household_registration: waits('applicant'),
          medical_insurance: waits('applicant'),
          social_security_card: waits('applicant'),
        }),
      ],
    };
  }),
  make('certificate-number-corrected', 'A wrong number is not confirmed; the right one is verified (P4, P15)', (s) => {
    bornElsewhere(s, '500101');
    child(s).existing = certificate('L510099003');
    s.actions = [
      { when: isAsked, do: 'check_not_verified' },
      {
        when: { step: 'birth_certificate', state: 'correction_needed' },
        do: 'correct',
        fields: { '/existing/birthCertificateNumber': '{{certificate:0}}' },
      },
    ];
    s.expect = {
      status: 'completed',
      overall: 'ended',
      newborns: [allDone({ birth_certificate: done({ mode: 'verify' }) })],
    };
  }),
  make(
    'lane-accepted-in-another-town',
    'Police lane: the station of the residence accepts, that of the household decides (P4)',
    (s) => {
      bornElsewhere(s, '510722');
      s.form.mother!.residencePermitNumber = 'JZZ5002350002';
      s.form.mother!.residence = { region: '500235112', address: '重庆市云阳县南溪镇示例路2号' };
      s.expect = {
        status: 'completed',
        overall: 'ended',
        newborns: [
          allDone({
            birth_certificate: done({ mode: 'verify' }),
            household_registration: done({ ...inLane, acceptingOffice: 'YYP006' }),
          }),
        ],
      };
    },
  ),
  make(
    'lane-accepted-out-of-province',
    'Police lane of parents who live out of province: both stations are shown (P4)',
    (s) => {
      bornElsewhere(s, '510722');
      for (const parent of [s.form.mother!, s.form.father!]) {
        parent.residencePermitNumber = 'JZZ5107220001';
        parent.residence = { region: '510722', address: '四川省绵阳市三台县示例路9号' };
      }
      s.expect = {
        status: 'completed',
        overall: 'ended',
        newborns: [
          allDone({
            birth_certificate: done({ mode: 'verify' }),
            household_registration: done({ ...inLane, acceptingOffice: 'OUTSIDE' }),
          }),
        ],
      };
    },
  ),
  make(
    'age-130-days',
    'Filed long after every limit: taken like any other, marked, and promised (P10)',
    (s) => {
      s.expect = {
        status: 'completed',
        overall: 'ended',
        newborns: [
          allDone({
            vaccination: done(lateMonth),
            household_registration: done(lateMonth),
            medical_insurance: done(lateNinety(true)),
          }),
        ],
      };
    },
    { ageDays: 130 },
  ),
  make('other-parent-not-yet-heard', 'Nothing of the whole is promised before the last confirmation (P10)', (s) => {
    s.consent = 'silent';
    s.expect = {
      status: 'awaiting_consent',
      overall: 'none',
      newborns: [
        allDone({
          birth_certificate: waits('applicant', 'parent_confirmation'),
          household_registration: waits('applicant'),
          medical_insurance: waits('applicant'),
          social_security_card: waits('applicant'),
        }),
      ],
    };
  }),
];
