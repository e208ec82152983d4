import { startOfDayMs, toShanghaiDate } from '@birth/standards';

/** A calendar year in Asia/Shanghai, this one unless given: from its first moment until before the next year's. */
export function calendarYear(given: number | undefined, now: number): { year: number; from: Date; to: Date } {
  const year = given ?? Number(toShanghaiDate(now).slice(0, 4));
  const newYear = (of: number): Date => new Date(startOfDayMs(`${of}-01-01`));
  return { year, from: newYear(year), to: newYear(year + 1) };
}
