const DAY = '周[一二三四五六日]';
const DAYS = `(?:每天|工作日|${DAY}(?:至${DAY})?)`;
const LINE = new RegExp(`^${DAYS}((?: \\d{2}:\\d{2}-\\d{2}:\\d{2}){1,3})$`);
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Lines of days and spans, e.g. `工作日 09:00-12:00 14:00-17:30；周六 09:00-12:00`; every span ends before the next begins. */
export const isOpeningHours = (text: string): boolean => typeof text === 'string' && text.split('；').every(isLine);

function isLine(line: string): boolean {
  const [, spans] = LINE.exec(line) ?? [];
  if (spans === undefined) return false;
  const times = spans.trim().split(/[ -]/);
  return times.every((time, index) => TIME.test(time) && time > (times[index - 1] ?? ''));
}
