import type { Sample } from '../sample';
import { allDone, done, not } from './expectations';
import { child, make } from './make-case';

/** What the family asks of the insurance (P11). */
export const INSURANCE_CASES: Sample[] = [
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
    child(s).insurance!.inHospital = true;
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
  make('insured-with-guardian', 'Insured with the guardian in the year of birth (P11)', (s) => {
    child(s).insurance!.mode = 'with_guardian';
    s.expect = {
      status: 'completed',
      newborns: [
        allDone({
          medical_insurance: done({ metBy: 'registered_and_exempt' }),
          insurance_payment: not('insured_with_guardian'),
        }),
      ],
    };
  }),
];
