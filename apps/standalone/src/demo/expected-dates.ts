import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../embedded/postgres-binaries';
import type { ExpectedLimit } from '../samples/sample';

interface Year {
  year: number;
  published: boolean;
  holidays: string[];
  makeUpDays: string[];
}

interface Calendar {
  published: string[];
  holidays: string[];
  makeUpDays: string[];
}

const DAY_MS = 86_400_000;
const years = readYears(join(projectFolder(), 'seeds', 'calendar'));

function readYears(folder: string): Calendar {
  const all = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Year);
  return {
    published: all.filter(({ published }) => published).map(({ year }) => String(year)),
    holidays: all.flatMap(({ holidays }) => holidays),
    makeUpDays: all.flatMap(({ makeUpDays }) => makeUpDays),
  };
}

/** Calendar arithmetic of the driver's own, so that a mistake of the platform's is not repeated here. */
export function expectedLimit(limit: ExpectedLimit, bornOn: string, filedOn: string) {
  const safeAt = dateOf(limit.safeAt, bornOn);
  const dueAt = dateOf(limit.dueAt, bornOn);
  return {
    safeAt,
    dueAt,
    estimated: isEstimated(dueAt),
    late: limit.late === 'by_due_day' ? filedOn > dueAt : limit.late,
  };
}

function dateOf(rule: string, bornOn: string): string {
  switch (rule) {
    case '+1month-1day':
      return later(monthLater(bornOn), -1);
    case '+1month':
      return workedFrom(monthLater(bornOn));
    case '+89days':
      return later(bornOn, 89);
    case '+90days':
      return workedFrom(later(bornOn, 90));
    default:
      if (!/^\d{4}-\d{2}-\d{2}$/.test(rule)) throw new Error(`no rule for dates: ${rule}`);
      return rule;
  }
}

/** Counted by weekends alone: nobody has said yet which days of that year are worked. */
export const isEstimated = (day: string | null): boolean => day !== null && !years.published.includes(day.slice(0, 4));

/** The n-th working day after a day. */
export function workingDayAfter(day: string, days: number): string {
  let [current, left] = [day, days];
  while (left > 0) {
    current = later(current, 1);
    if (isWorked(current)) left -= 1;
  }
  return current;
}

export const later = (day: string, days: number): string => iso(Date.parse(day) + days * DAY_MS);

const workedFrom = (day: string): string => (isWorked(day) ? day : workingDayAfter(day, 1));

function monthLater(day: string): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const lastOfNext = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return iso(Date.UTC(year, month, Math.min(date, lastOfNext)));
}

function isWorked(day: string): boolean {
  if (years.makeUpDays.includes(day)) return true;
  return !years.holidays.includes(day) && ![0, 6].includes(new Date(day).getUTCDay());
}

const iso = (moment: number): string => new Date(moment).toISOString().slice(0, 10);
