/** Civil dates are YYYY-MM-DD in Asia/Shanghai (UTC+8, no daylight saving since 1991); moments are epoch milliseconds. */

const DAY_MS = 86_400_000;
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

const toEpochDay = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;
const fromEpochDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** True for an existing calendar day written YYYY-MM-DD (GB/T 7408.1). */
export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(toEpochDay(text)) && fromEpochDay(toEpochDay(text)) === text;
}

/** The day in Asia/Shanghai on which a moment falls. */
export const toShanghaiDate = (epochMs: number): string =>
  new Date(epochMs + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);

/** 00:00 Asia/Shanghai of a day, epoch milliseconds. */
export const startOfDayMs = (date: string): number => toEpochDay(date) * DAY_MS - SHANGHAI_OFFSET_MS;

export const addDays = (date: string, days: number): string => fromEpochDay(toEpochDay(date) + days);

/** Days from `from` to `to`; the first day is not counted (民法典 art. 201). */
export const daysBetween = (from: string, to: string): number => toEpochDay(to) - toEpochDay(from);

/** Day n of a life: D+n means birth date + n. */
export const ageInDays = (bornOn: string, today: string): number => daysBetween(bornOn, today);

/** The same day of a later month, its last day if it has none (民法典 art. 202). */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(day, lastDay)))
    .toISOString()
    .slice(0, 10);
}
