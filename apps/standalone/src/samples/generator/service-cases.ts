import type { Sample } from '../sample';
import { allDone, done, not } from './expectations';
import { child, make } from './make-case';

/** Which services are asked for, and how their offices work. */
export const SERVICE_CASES: Sample[] = [
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
];
