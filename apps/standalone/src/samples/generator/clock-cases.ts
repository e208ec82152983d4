import type { ExpectedLimit, Sample } from '../sample';
import { allDone, type Changes, done } from './expectations';
import { ordinaryFamily } from './family';

type Limit = Omit<ExpectedLimit, 'late'>;

interface Clocked {
  name: string;
  title: string;
  clock: string;
  daysAgo: number;
  /** Written out by hand (policy P10). */
  month: Limit;
  ninety: Limit;
  more?: Changes;
}

/** Each moment is a run of the platform of its own: dates that fit share one. */
const NEW_YEAR = '2026-01-03T10:00:00+08:00';
const LEAP_DAY = '2024-02-29T20:00:00+08:00';

function clocked({ name, title, clock, daysAgo, month, ninety, more = {} }: Clocked): Sample {
  const sample = ordinaryFamily(name, title, { ageDays: daysAgo });
  sample.clock = clock;
  sample.births = sample.births.map((birth) => birth && { ...birth, time: '06:20' });
  sample.expect = {
    status: 'completed',
    newborns: [
      allDone({
        vaccination: done({ statutory: { ...month, late: false } }),
        household_registration: done({ statutory: { ...month, late: false } }),
        medical_insurance: done({ statutory: { ...ninety, late: false } }),
        ...more,
      }),
    ],
  };
  return sample;
}

/** Born within ninety days of 31 December: both years may be asked for (P11). */
function bornOnNewYearsEve(): Sample {
  const sample = clocked({
    name: 'born-31-december',
    title: 'Born 2025-12-31: a month later is 31 January, insured for both years (P10, P11)',
    clock: NEW_YEAR,
    daysAgo: 3,
    month: { safeAt: '2026-01-30', dueAt: '2026-02-02' },
    ninety: { safeAt: '2026-03-30', dueAt: '2026-03-31' },
    more: { 'insurance_payment:next': done() },
  });
  for (const { insurance } of sample.form.newborns) if (insurance) insurance.years = [2025, 2026];
  return sample;
}

export const CLOCK_CASES: Sample[] = [
  bornOnNewYearsEve(),
  clocked({
    name: 'born-29-february',
    title: 'Born 2024-02-29, filed that evening: a month later is 29 March (P10)',
    clock: LEAP_DAY,
    daysAgo: 0,
    month: { safeAt: '2024-03-28', dueAt: '2024-03-29' },
    ninety: { safeAt: '2024-05-28', dueAt: '2024-05-29' },
  }),
  clocked({
    name: 'born-31-january',
    title: 'Born 2024-01-31, filed on the last day: the month ends on 29 February, not late (P10)',
    clock: LEAP_DAY,
    daysAgo: 29,
    month: { safeAt: '2024-02-28', dueAt: '2024-02-29' },
    ninety: { safeAt: '2024-04-29', dueAt: '2024-04-30' },
  }),
];
