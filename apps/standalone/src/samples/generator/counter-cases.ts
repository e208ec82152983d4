import type { Sample, SampleAction } from '../sample';
import { allDone, done, waits } from './expectations';
import { birthOf, child, make } from './make-case';

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

/** Before the certificate is there nothing is sent to the police: long enough for a driver that files for everybody first. */
const slowCertificate = { 'health-commission': { kind: 'accept_slowly', delayMs: 20_000 } } as const;
const reported: SampleAction[] = [{ when: { step: 'household_registration', state: 'waiting' }, do: 'done_elsewhere' }];

/** Done at a counter before anything was sent: the register itself is asked, no clerk acts (P14). */
const BEFORE_SENDING: Sample[] = [
  make('counter-before-sending', 'Registered at the counter before we sent it: the register says so (P14)', (s) => {
    s.known = { resident: true };
    s.scenarios = slowCertificate;
    s.actions = reported;
    s.expect = {
      status: 'completed',
      newborns: [allDone({ household_registration: done({ source: 'counter', metBy: 'counter', promiseDays: null }) })],
    };
  }),
  make('counter-of-another-child', 'The number told of a counter is another child’s: nothing follows (P14)', (s) => {
    s.known = { resident: true, residentName: '云别人' };
    s.scenarios = slowCertificate;
    s.actions = reported;
    s.expect = {
      status: 'needs_clerk',
      newborns: [
        allDone({
          household_registration: waits('clerk', 'data_mismatch', { state: 'stuck', source: 'counter' }),
          medical_insurance: waits('clerk'),
          social_security_card: waits('clerk'),
        }),
      ],
    };
  }),
];

/** An agency that answers "exists" had it from somebody else (P14). */
const EXISTS: Sample[] = [
  make(
    'vaccinated-at-the-bedside',
    'The unit has opened the record itself: it counts, and is named once (P14)',
    (s) => {
      s.known = { vaccinated: true };
      s.expect = {
        status: 'completed',
        newborns: [
          allDone({
            vaccination: done({ source: 'counter', metBy: 'counter', promiseDays: null }),
            identity_backfill: done(),
          }),
        ],
      };
    },
  ),
  make('insured-at-the-desk', 'Insured at the town’s desk already, which nobody told us: it counts (P14)', (s) => {
    s.known = { resident: true, insured: true };
    child(s).existing = { residentIdNumber: '{{childId:0}}' };
    s.expect = {
      status: 'completed',
      newborns: [
        allDone({
          household_registration: done({ mode: 'already_done', promiseDays: null }),
          medical_insurance: done({ source: 'counter', promiseDays: null }),
        }),
      ],
    };
  }),
];

export const COUNTER_CASES: Sample[] = [...TREATED, ...BEFORE_SENDING, ...EXISTS];
