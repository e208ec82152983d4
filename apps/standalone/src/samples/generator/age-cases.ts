import type { Sample } from '../sample';
import { allDone, done, lateMonth, lateNinety } from './expectations';
import { make } from './make-case';

/** How old the child is at filing (P10). */
export const AGE_CASES: Sample[] = [
  make(
    'age-28-days',
    'Filed on day 28: every limit is still open (P10)',
    (s) => {
      s.expect = { status: 'completed', newborns: [allDone()] };
    },
    { ageDays: 28 },
  ),
  ...[60, 89].map((ageDays) =>
    make(
      `age-${ageDays}-days`,
      `Filed on day ${ageDays}: late for the month, nothing is refused (P10)`,
      (s) => {
        const late = { vaccination: done(lateMonth), household_registration: done(lateMonth) };
        s.expect = { status: 'completed', newborns: [allDone(late)] };
      },
      { ageDays },
    ),
  ),
  ...(
    [
      [91, 'by_due_day'],
      [101, true],
    ] as const
  ).map(([ageDays, late]) =>
    make(
      `age-${ageDays}-days`,
      `Filed on day ${ageDays}: late on arrival, still registered (P10)`,
      (s) => {
        s.expect = {
          status: 'completed',
          newborns: [
            allDone({
              vaccination: done(lateMonth),
              household_registration: done(lateMonth),
              medical_insurance: done(lateNinety(late)),
            }),
          ],
        };
      },
      { ageDays },
    ),
  ),
];
