import { workingCalendar } from '@birth/standards';
import { nextOpening } from './next-opening';

// National Day 2026: free from the 1st to the 7th; Saturday the 10th is worked instead
const holidays = ['01', '02', '03', '04', '05', '06', '07'].map((day) => `2026-10-${day}`);
const calendar = workingCalendar([{ year: 2026, holidays, makeUpDays: ['2026-10-10'], published: true }]);
const DESK = '工作日 09:00-12:00 14:00-17:30';
const SIX_DAYS = '周一至周六 08:30-12:00';
const TWO_LINES = '工作日 09:00-12:00；周六 09:00-11:00';

describe('P2: when a window is open next', () => {
  it.each([
    ['before it opens', DESK, '2026-11-03T08:59', '2026-11-03T09:00', '2026-11-03T12:00'],
    ['while it is open', DESK, '2026-11-03T10:00', '2026-11-03T09:00', '2026-11-03T12:00'],
    ['at noon: the afternoon', DESK, '2026-11-03T12:00', '2026-11-03T14:00', '2026-11-03T17:30'],
    ['after it closed: the next working day', DESK, '2026-11-03T17:30', '2026-11-04T09:00', '2026-11-04T12:00'],
    ['over the weekend', DESK, '2026-11-06T18:00', '2026-11-09T09:00', '2026-11-09T12:00'],
    ['over the holidays', DESK, '2026-09-30T18:00', '2026-10-08T09:00', '2026-10-08T12:00'],
    ['a make-up Saturday is a working day', DESK, '2026-10-09T18:00', '2026-10-10T09:00', '2026-10-10T12:00'],
    ['six days a week', SIX_DAYS, '2026-11-06T18:00', '2026-11-07T08:30', '2026-11-07T12:00'],
    ['six days, closed on a holiday', SIX_DAYS, '2026-10-01T06:00', '2026-10-08T08:30', '2026-10-08T12:00'],
    [
      'weekdays of a line, on a make-up day',
      '周一至周五 10:00-11:00',
      '2026-10-10T06:00',
      '2026-10-10T10:00',
      '2026-10-10T11:00',
    ],
    ['a line of its own for Saturday', TWO_LINES, '2026-11-06T18:00', '2026-11-07T09:00', '2026-11-07T11:00'],
    ['one day a week', '周三 09:00-10:00', '2026-11-04T10:00', '2026-11-11T09:00', '2026-11-11T10:00'],
    ['every day, holidays as well', '每天 00:00-23:59', '2026-10-03T05:00', '2026-10-03T00:00', '2026-10-03T23:59'],
  ])('%s', (_name, hours, ...[now, opens, closes]) => {
    const at = (text: string): number => Date.parse(`${text}:00+08:00`);
    expect(nextOpening(hours, at(now), calendar)).toEqual({ opensAt: at(opens), closesAt: at(closes) });
  });

  it('no hours are known of an office elsewhere', () => {
    expect(nextOpening('', Date.parse('2026-11-03T10:00:00+08:00'), calendar)).toBeNull();
  });
});
