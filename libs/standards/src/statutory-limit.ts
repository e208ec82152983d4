import { addDays, addMonths } from './day-counting';
import { rollToWorkingDay, type WorkingCalendar } from './working-days';

export type StatutoryRule = 'one_month' | 'ninety_days';

export interface StatutoryLimit {
  /** The same day of the next month (its last day if it has none), or birth + 90. */
  rawDue: string;
  /** rawDue rolled to the next working day (民法典 art. 203): kept for disputes. */
  dueAt: string;
  /** The cautious reading that people are shown: no roll-over, one day early. */
  safeAt: string;
  estimated: boolean;
}

/** 民法典 art. 201-203; 户口登记条例 art. 7 and 疫苗管理法 art. 47 (one month), newborn insurance rule (90 days). */
export function statutoryLimit(bornOn: string, rule: StatutoryRule, calendar: WorkingCalendar): StatutoryLimit {
  const rawDue = rule === 'one_month' ? addMonths(bornOn, 1) : addDays(bornOn, 90);
  const { date: dueAt, estimated } = rollToWorkingDay(rawDue, calendar);
  return { rawDue, dueAt, safeAt: addDays(rawDue, -1), estimated };
}
