import { addDays } from './day-counting';

/** One year of the State Council's holiday notice: holidays and the weekend days that are worked instead. */
export interface CalendarYear {
  year: number;
  holidays: readonly string[];
  makeUpDays: readonly string[];
  /** False until the notice is out: weekends only, results are marked estimated. */
  published: boolean;
}

/** Editable table, looked up by day; years that are missing count as not published. */
export interface WorkingCalendar {
  readonly holidays: ReadonlySet<string>;
  readonly makeUpDays: ReadonlySet<string>;
  readonly publishedYears: ReadonlySet<number>;
}

export interface CountedDate {
  date: string;
  /** A year whose holidays are not published was touched. */
  estimated: boolean;
}

export function workingCalendar(years: readonly CalendarYear[]): WorkingCalendar {
  const published = years.filter((year) => year.published);
  return {
    holidays: new Set(published.flatMap((year) => year.holidays)),
    makeUpDays: new Set(published.flatMap((year) => year.makeUpDays)),
    publishedYears: new Set(published.map((year) => year.year)),
  };
}

export function isWorkingDay(date: string, calendar: WorkingCalendar): boolean {
  if (calendar.makeUpDays.has(date)) return true;
  if (calendar.holidays.has(date)) return false;
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

const isEstimated = (date: string, calendar: WorkingCalendar): boolean =>
  !calendar.publishedYears.has(Number(date.slice(0, 4)));

/** The n-th working day after a day (before it for negative n); the first working day after it is 1. */
export function addWorkingDays(date: string, days: number, calendar: WorkingCalendar): CountedDate {
  const stride = days < 0 ? -1 : 1;
  let current = date;
  let left = Math.abs(days);
  let estimated = false;
  while (left > 0) {
    current = addDays(current, stride);
    estimated ||= isEstimated(current, calendar);
    if (isWorkingDay(current, calendar)) left -= 1;
  }
  return { date: current, estimated };
}

/** Working days after `from` up to and including `to`; 0 when `to` is not later. */
export function workingDaysBetween(
  from: string,
  to: string,
  calendar: WorkingCalendar,
): { days: number; estimated: boolean } {
  let days = 0;
  let estimated = false;
  for (let current = addDays(from, 1); current <= to; current = addDays(current, 1)) {
    estimated ||= isEstimated(current, calendar);
    if (isWorkingDay(current, calendar)) days += 1;
  }
  return { days, estimated };
}

/** The day itself if it is worked, else the next working day (民法典 art. 203). */
export function rollToWorkingDay(date: string, calendar: WorkingCalendar): CountedDate {
  let current = date;
  while (!isWorkingDay(current, calendar)) current = addDays(current, 1);
  return { date: current, estimated: isEstimated(current, calendar) };
}
