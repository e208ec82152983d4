import { lateDays } from './late-days';

const BORN = Date.parse('2026-11-02T08:30:00+08:00');
const HOUR = 3_600_000;

describe('P3: a hospital tells of a birth within its hours', () => {
  it.each([
    [0, 0],
    [24, 0],
    [24.01, 1],
    [48, 1],
    [48.01, 2],
    [24 * 30, 29],
    [-1, 0],
  ])('%d hours after the birth: %d days late', (hours, days) => {
    expect(lateDays(BORN, BORN + hours * HOUR, 24)).toBe(days);
  });
});
