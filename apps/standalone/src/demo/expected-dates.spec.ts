import { expectedLimit, workingDayAfter } from './expected-dates';

const limit = (safeAt: string, dueAt: string, bornOn: string) => {
  const { safeAt: safe, dueAt: due } = expectedLimit({ safeAt, dueAt, late: false }, bornOn, bornOn);
  return [safe, due];
};

describe('P10: the driver’s own calendar', () => {
  it.each([
    // a Saturday: the Monday after
    ['2025-12-31', '2026-01-30', '2026-02-02'],
    ['2024-02-29', '2024-03-28', '2024-03-29'],
    ['2024-01-31', '2024-02-28', '2024-02-29'],
    // the National Day holiday
    ['2026-09-01', '2026-09-30', '2026-10-08'],
  ])('born %s, a month: safe %s, due %s', (bornOn, safeAt, dueAt) => {
    expect(limit('+1month-1day', '+1month', bornOn)).toEqual([safeAt, dueAt]);
  });

  it.each([
    ['2025-12-31', '2026-03-30', '2026-03-31'],
    ['2024-01-31', '2024-04-29', '2024-04-30'],
  ])('born %s, ninety days: safe %s, due %s', (bornOn, safeAt, dueAt) => {
    expect(limit('+89days', '+90days', bornOn)).toEqual([safeAt, dueAt]);
  });

  it('a date that was written out stands', () => {
    expect(limit('2026-03-30', '2026-03-31', '2025-12-31')).toEqual(['2026-03-30', '2026-03-31']);
  });

  it('an unknown rule is a mistake of the sample', () => {
    expect(() => limit('+1year', '+90days', '2025-12-31')).toThrow('+1year');
  });

  it.each([
    ['2026-11-25', 1, '2026-11-26'],
    ['2026-11-27', 2, '2026-12-01'],
    // worked instead of a day of the Spring Festival
    ['2026-02-13', 1, '2026-02-14'],
    ['2026-02-14', 1, '2026-02-24'],
  ])('after %s, %d working days: %s', (day, days, expected) => {
    expect(workingDayAfter(day, days)).toBe(expected);
  });

  it.each([
    ['2026-10-08', false],
    ['2026-10-09', true],
  ])('due on 8 October, filed %s: late %s', (filedOn, late) => {
    const given = { safeAt: '+1month-1day', dueAt: '+1month', late: 'by_due_day' } as const;
    expect(expectedLimit(given, '2026-09-01', filedOn).late).toBe(late);
  });
});
