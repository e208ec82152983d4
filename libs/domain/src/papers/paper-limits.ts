import { addDays, addWorkingDays, startOfDayMs, toShanghaiDate, type WorkingCalendar } from '@birth/standards';
import { FAMILY, NOBODY, type PaperRecord, POST } from './paper';

/** Natural days for the post and for a family, working days for an office. */
export interface PaperLimits {
  paperPostDays: number;
  paperFamilyDays: number;
  paperOfficeWorkingDays: number;
}

/** End of the day by which a paper should be further; null where it has arrived or is lost. */
export function paperDueAt(
  { holder, route, since }: PaperRecord,
  limits: PaperLimits,
  calendar: WorkingCalendar,
): number | null {
  if (holder === NOBODY || route.length === 0) return null;
  const day = toShanghaiDate(since);
  if (holder === POST) return endOf(addDays(day, limits.paperPostDays));
  if (holder === FAMILY) return endOf(addDays(day, limits.paperFamilyDays));
  return endOf(addWorkingDays(day, limits.paperOfficeWorkingDays, calendar).date);
}

const endOf = (day: string): number => startOfDayMs(addDays(day, 1));
