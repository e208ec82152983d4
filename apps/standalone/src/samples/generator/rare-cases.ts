import type { Sample } from '../sample';
import { allDone, atPoliceWindow, done, external, lateMonth, lateNinety, not, waits, window } from './expectations';
import { child, make, ownBirthFacts } from './make-case';
import { residentId } from './people';
import { SeededRandom } from './random';

/** Families without whom a row of the decision table would be untried. */
export const RARE_CASES: Sample[] = [
  make('special-household', 'Joins neither parent’s household but a grandmother’s: window (P7)', (s) => {
    const identityNumber = residentId(new SeededRandom(55), 'female');
    child(s).household = {
      ...child(s).household!,
      follows: 'special',
      head: { name: '谭玉兰', identityNumber, relationToFollowed: 'grandparent' },
    };
    s.expect = { status: 'needs_family', newborns: [atPoliceWindow()] };
  }),
  make(
    'age-400-days',
    'Filed after a year: registered late, at the window; nothing is refused (P10)',
    (s) => {
      s.expect = {
        status: 'needs_family',
        newborns: [
          atPoliceWindow([], {
            vaccination: done(lateMonth),
            household_registration: window([], lateMonth),
            medical_insurance: waits('applicant', 'awaiting_dependency', lateNinety(true)),
          }),
        ],
      };
    },
    { ageDays: 400 },
  ),
  make('born-abroad', 'Born abroad: certificate from there, household at the window with its translation (P4)', (s) => {
    ownBirthFacts(s, { region: '500235', kind: 'abroad' });
    s.expect = {
      status: 'needs_family',
      newborns: [
        allDone({
          birth_certificate: external(),
          household_registration: waits('applicant', 'awaiting_dependency', {
            route: 'window',
            papers: ['foreign_birth_certificate'],
          }),
          medical_insurance: waits('applicant'),
          social_security_card: waits('applicant'),
        }),
      ],
    };
  }),
  make('insured-elsewhere', 'Registered here, insured in another county as the family asks: tracked (P12)', (s) => {
    child(s).insurance!.region = '500101';
    s.expect = {
      status: 'needs_family',
      newborns: [
        allDone({ medical_insurance: external({ basis: 'citizen_id' }), social_security_card: waits('applicant') }),
      ],
    };
  }),
  make(
    'insured-without-household',
    'No household asked for: insured on the certificate, no number follows (P12)',
    (s) => {
      child(s).services = ['birth_certificate', 'vaccination', 'medical_insurance'];
      s.expect = {
        status: 'completed',
        newborns: [
          allDone({
            household_registration: not('not_requested'),
            medical_insurance: done({ basis: 'birth_certificate' }),
            social_security_card: not('not_requested'),
          }),
        ],
      };
    },
  ),
];
