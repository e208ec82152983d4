import type { ExpectedLimit, Sample } from '../sample';
import { allDone, done } from './expectations';
import { ordinaryFamily } from './family';

type Limit = Omit<ExpectedLimit, 'late'>;

/** Dates that need a set clock: their days are written out by hand (policy P10). */
function clocked(name: string, title: string, clock: string, { month, ninety }: Record<'month' | 'ninety', Limit>) {
  const sample = ordinaryFamily(name, title, { ageDays: 3 });
  sample.clock = clock;
  sample.expect = {
    status: 'completed',
    newborns: [
      allDone({
        vaccination: done({ statutory: { ...month, late: false } }),
        household_registration: done({ statutory: { ...month, late: false } }),
        medical_insurance: done({ statutory: { ...ninety, late: false } }),
      }),
    ],
  };
  return sample;
}

export const CLOCK_CASES: Sample[] = [
  clocked('born-31-december', 'Born 2025-12-31: a month later is 31 January', '2026-01-03T10:00:00+08:00', {
    month: { safeAt: '2026-01-30', dueAt: '2026-02-02' },
    ninety: { safeAt: '2026-03-30', dueAt: '2026-03-31' },
  }),
  clocked('born-29-february', 'Born 2024-02-29: a month later is 29 March', '2024-03-03T10:00:00+08:00', {
    month: { safeAt: '2024-03-28', dueAt: '2024-03-29' },
    ninety: { safeAt: '2024-05-28', dueAt: '2024-05-29' },
  }),
  clocked('born-31-january', 'Born 2024-01-31: the month ends on 29 February', '2024-02-03T10:00:00+08:00', {
    month: { safeAt: '2024-02-28', dueAt: '2024-02-29' },
    ninety: { safeAt: '2024-04-29', dueAt: '2024-04-30' },
  }),
];
