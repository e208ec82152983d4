import { addDays, addWorkingDays, startOfDayMs, toShanghaiDate } from '@birth/standards';
import type { DecisionContext } from './decision-context';

/** The moment at which the n-th working day after today is over in Shanghai. */
export function endOfWorkingDay({ now, calendar }: Pick<DecisionContext, 'now' | 'calendar'>, days: number): number {
  const { date } = addWorkingDays(toShanghaiDate(now), days, calendar);
  return startOfDayMs(addDays(date, 1));
}
