import { addDays, startOfDayMs, toShanghaiDate } from '@birth/standards';

/** Hours of a day, Shanghai time, `HH:MM-HH:MM`; may end after midnight; null: always. */
export type ServiceHours = string | null;

/** From, until: epoch ms. */
export interface Maintenance {
  from: number;
  until: number;
}

const HOURS = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;
const MINUTE_MS = 60_000;

export const isServiceHours = (text: string): boolean => HOURS.test(text) && text.slice(0, 5) !== text.slice(6);

/**
 * When an agency's interface may be called again; `now` when it may be called at once. A call that may last `lastsMs`
 * begins only where it also ends within the hours and before an announced maintenance.
 */
export function servesAt(
  hours: ServiceHours,
  maintenance: readonly Maintenance[],
  now: number,
  lastsMs: number,
): number {
  let at = now;
  // each pass goes past one closed time; hours and maintenances that touch each other take a pass each
  for (let pass = 0; pass <= 2 * maintenance.length + 2; pass += 1) {
    const later = afterMaintenance(maintenance, afterClosing(hours, at, lastsMs), lastsMs);
    if (later === at) return at;
    at = later;
  }
  return at;
}

function afterMaintenance(maintenance: readonly Maintenance[], at: number, lastsMs: number): number {
  const met = maintenance.filter(({ from, until }) => from < at + lastsMs && at < until);
  return met.reduce((latest, { until }) => Math.max(latest, until), at);
}

function afterClosing(hours: ServiceHours, at: number, lastsMs: number): number {
  if (hours === null) return at;
  const today = toShanghaiDate(at);
  const spans = [-1, 0, 1].map((days) => spanOn(hours, addDays(today, days)));
  const fits = spans.find(({ from, until }) => from <= at && at + lastsMs <= until);
  return fits === undefined ? Math.min(...spans.map(({ from }) => from).filter((from) => from > at)) : at;
}

function spanOn(hours: string, day: string): Maintenance {
  const [, fromHour = '0', fromMinute = '0', toHour = '0', toMinute = '0'] = HOURS.exec(hours) ?? [];
  const start = startOfDayMs(day);
  const from = start + minutes(fromHour, fromMinute) * MINUTE_MS;
  const until = start + minutes(toHour, toMinute) * MINUTE_MS;
  return { from, until: until > from ? until : until + 24 * 60 * MINUTE_MS };
}

const minutes = (hours: string, rest: string): number => Number(hours) * 60 + Number(rest);
