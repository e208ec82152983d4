import { clockOf, systemClock } from './clock';

describe('the clock', () => {
  it.each([{}, { CLOCK_OFFSET_MS: '' }, { NODE_ENV: 'production' }])('is the system clock with %j', (env) => {
    expect(clockOf(env)).toBe(systemClock);
  });

  it('moved, stands on another date and runs at the same speed', () => {
    const day = 86_400_000;
    const clock = clockOf({ CLOCK_OFFSET_MS: String(-day) });
    const [before, moved, after] = [Date.now(), clock.now(), Date.now()];
    expect(moved).toBeGreaterThanOrEqual(before - day);
    expect(moved).toBeLessThanOrEqual(after - day);
  });

  it('is not moved in production', () => {
    expect(() => clockOf({ CLOCK_OFFSET_MS: '1', NODE_ENV: 'production' })).toThrow('refused in production');
  });

  it.each(['1.5', 'tomorrow', '1e3', '99999999999999'])('is not moved by %s', (text) => {
    expect(() => clockOf({ CLOCK_OFFSET_MS: text })).toThrow('CLOCK_OFFSET_MS');
  });
});
