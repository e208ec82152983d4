import { addDays, isWorkingDay, startOfDayMs, toShanghaiDate, type WorkingCalendar } from '@birth/standards';

/** When a window is open, in epoch ms. */
export interface Opening {
  opensAt: number;
  closesAt: number;
}

const WEEKDAYS = '一二三四五六日';
const MINUTE_MS = 60_000;
/** No holiday is longer. */
const LOOK_AHEAD_DAYS = 31;

/**
 * The opening that runs or comes next (P2). A working-day line follows the published calendar; a line of weekdays is
 * closed on holidays, and a make-up day is worked as a Monday is. Null where no hours are known.
 */
export function nextOpening(hours: string, now: number, calendar: WorkingCalendar): Opening | null {
  const lines = hours.split('；').map((line) => line.split(' '));
  const today = toShanghaiDate(now);
  for (let ahead = 0; ahead <= LOOK_AHEAD_DAYS; ahead += 1) {
    const day = addDays(today, ahead);
    const spans = lines.flatMap(([days = '', ...times]) => (isOpenOn(days, day, calendar) ? times : []));
    const found = spans.map((span) => openingOf(span, day)).find(({ closesAt }) => closesAt > now);
    if (found !== undefined) return found;
  }
  return null;
}

function isOpenOn(days: string, day: string, calendar: WorkingCalendar): boolean {
  if (days === '每天') return true;
  if (days === '工作日') return isWorkingDay(day, calendar);
  if (calendar.holidays.has(day)) return false;
  const [from = '', to = from] = days.split('至').map((name) => name.slice(1));
  if (from === '') return false;
  const weekday = calendar.makeUpDays.has(day) ? 0 : weekdayOf(day);
  return WEEKDAYS.indexOf(from) <= weekday && weekday <= WEEKDAYS.indexOf(to);
}

/** Monday is 0. */
const weekdayOf = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

function openingOf(span: string, day: string): Opening {
  const [opensAt = 0, closesAt = 0] = span.split('-').map((time) => startOfDayMs(day) + minutesOf(time) * MINUTE_MS);
  return { opensAt, closesAt };
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
