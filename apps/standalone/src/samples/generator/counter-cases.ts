import type { Sample } from '../sample';
import { allDone, done } from './expectations';
import { birthOf, make } from './make-case';

/** The urgent lane by the hospital's own word: nobody ticked that the baby is in hospital (P11). */
const TREATED: Sample[] = [
  make(
    'hospital-treats-the-baby',
    'The hospital says that the baby is treated there: insured on the certificate (P11)',
    (s) => {
      birthOf(s).inHospital = true;
      s.expect = {
        status: 'completed',
        newborns: [
          allDone({ medical_insurance: done({ basis: 'birth_certificate' }), insurance_identity_update: done() }),
        ],
      };
    },
  ),
];

export const COUNTER_CASES: Sample[] = [...TREATED];
