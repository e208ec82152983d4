import type { Sample } from '../sample';
import { allDone, done } from './expectations';
import { ordinaryFamily } from './family';

/** Dates that need a set clock: their days are written out by hand (policy P10). */
function clocked(name: string, title: string, clock: string, safe: { month: string; ninety: string }): Sample {
  const sample = ordinaryFamily(name, title, { ageDays: 3 });
  sample.clock = clock;
  sample.expect = {
    newborns: [
      allDone({
        vaccination: done({ safeAt: safe.month }),
        household_registration: done({ safeAt: safe.month }),
        medical_insurance: done({ safeAt: safe.ninety }),
      }),
    ],
  };
  return sample;
}

export const CLOCK_CASES: Sample[] = [
  clocked('born-31-december', 'Born 2025-12-31: a month later is 31 January', '2026-01-03T10:00:00+08:00', {
    month: '2026-01-30',
    ninety: '2026-03-30',
  }),
  clocked('born-29-february', 'Born 2024-02-29: a month later is 29 March', '2024-03-03T10:00:00+08:00', {
    month: '2024-03-28',
    ninety: '2024-05-28',
  }),
  clocked('born-31-january', 'Born 2024-01-31: the month ends on 29 February', '2024-02-03T10:00:00+08:00', {
    month: '2024-02-28',
    ninety: '2024-04-29',
  }),
];
