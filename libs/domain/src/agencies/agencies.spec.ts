import { startOfDayMs } from '@birth/standards';
import { afterProbe, type Breaker, type BreakerTimes, CLOSED, hasFailed, mayProbe, opened, probing } from './breaker';
import { nextLimit, slowStart } from './call-limit';
import { CallWindow } from './call-window';
import { fairShare, shareOf } from './fair-share';
import { latencyClass, latencyQuantile, noLatencies } from './latency';
import { highWaterMark, releasePlan } from './release';
import { retryAllowance } from './retry-budget';
import { isServiceHours, type Maintenance, servesAt } from './service-hours';

const TIMES: BreakerTimes = { windowMs: 30_000, openBaseMs: 5_000, openCapMs: 30_000, probeMs: 30_000 };

describe('D10: the breaker of an agency', () => {
  it.each([
    [19, 19, 0, false],
    [20, 9, 0, false],
    [20, 10, 0, true],
    [1_000, 499, 0, false],
    [1_000, 500, 0, true],
    [4, 4, 4, false],
    [5, 5, 5, true],
    [10, 5, 5, true],
    [11, 5, 5, false],
    [1_000, 5, 5, false],
    [0, 0, 0, false],
  ])('after %d calls, %d failed, %d reached nothing: open %s', (calls, failures, connectErrors, expected) => {
    expect(hasFailed({ calls, failures, connectErrors })).toBe(expected);
  });

  it('waits twice as long each time, up to its cap, and begins anew after one answer', () => {
    const waits: number[] = [];
    let breaker: Breaker = CLOSED;
    for (let time = 0; time < 5; time += 1) {
      breaker = opened(breaker, 1_000, TIMES);
      waits.push(breaker.until - 1_000);
    }
    expect(waits).toEqual([5_000, 10_000, 20_000, 30_000, 30_000]);
    expect(afterProbe(breaker, true, 9_000, TIMES)).toEqual({ phase: 'closed', since: 9_000, until: 0, opens: 0 });
    expect(afterProbe(breaker, false, 9_000, TIMES)).toEqual({ phase: 'open', since: 9_000, until: 39_000, opens: 6 });
  });

  it('is tried by one call when its wait is over, and again when nothing was heard of that call', () => {
    const open = opened(CLOSED, 0, TIMES);
    expect([mayProbe(CLOSED, 99_999), mayProbe(open, 4_999), mayProbe(open, 5_000)]).toEqual([false, false, true]);
    const tried = probing(open, 5_000, TIMES);
    expect(tried).toEqual({ phase: 'probing', since: 0, until: 35_000, opens: 1 });
    expect([mayProbe(tried, 34_999), mayProbe(tried, 35_000)]).toEqual([false, true]);
  });
});

describe('the limit of calls under way', () => {
  it.each([
    [{ limit: 10, threshold: 10 }, { busyAnswers: 10, drops: 0 }, 10.96],
    [{ limit: 10, threshold: 10 }, { busyAnswers: 0, drops: 0 }, 10],
    [{ limit: 10, threshold: 10 }, { busyAnswers: 50, drops: 1 }, 7],
    [{ limit: 10, threshold: 10 }, { busyAnswers: 0, drops: 9 }, 7],
    [{ limit: 1, threshold: 1 }, { busyAnswers: 0, drops: 1 }, 1],
    [{ limit: 31.9, threshold: 8 }, { busyAnswers: 200, drops: 0 }, 32],
  ])('%o with %o becomes %d', (limit, signs, expected) => {
    expect(nextLimit(limit, 32, signs).limit).toBeCloseTo(expected, 2);
  });

  it('an agency that comes back gets 1, 2, 4 … up to half of what it bore, then a little more with each round', () => {
    let limit = slowStart({ limit: 32, threshold: 32 });
    const seen: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      seen.push(Math.floor(limit.limit));
      limit = nextLimit(limit, 32, { busyAnswers: Math.floor(limit.limit), drops: 0 });
    }
    expect(seen).toEqual([1, 2, 4, 8, 16, 16, 17]);
  });

  it('one that was lowered creeps from there: nothing doubles any more', () => {
    const lowered = nextLimit({ limit: 20, threshold: 20 }, 32, { busyAnswers: 0, drops: 1 });
    expect(lowered).toEqual({ limit: 14, threshold: 14 });
    expect(nextLimit(lowered, 32, { busyAnswers: 14, drops: 0 }).limit).toBeLessThan(15.01);
  });
});

describe('shares of an agency', () => {
  it.each([
    [50, 3, [17, 17, 16]],
    [2, 3, [1, 1, 0]],
    [7, 1, [7]],
    [0, 2, [0, 0]],
  ])('%d over %d processes is %o', (total, holders, expected) => {
    expect(expected.map((_, rank) => fairShare(total, holders, rank))).toEqual(expected);
  });

  it('never more than the whole, and no process holds slots without calls or calls without slots', () => {
    for (let slots = 1; slots <= 9; slots += 1) {
      for (let callsPerSecond = 1; callsPerSecond <= 9; callsPerSecond += 1) {
        for (let holders = 1; holders <= 9; holders += 1) {
          const shares = Array.from({ length: holders }, (_, rank) =>
            shareOf({ slots, callsPerSecond }, holders, rank),
          );
          const sum = (part: 'slots' | 'callsPerSecond') => shares.reduce((total, share) => total + share[part], 0);
          expect([sum('slots'), sum('callsPerSecond')]).toEqual([slots, callsPerSecond]);
          expect(shares.every((share) => share.slots > 0 === share.callsPerSecond > 0)).toBe(true);
        }
      }
    }
  });

  it('nobody’s rank has no share', () => {
    expect([fairShare(9, 3, 3), fairShare(9, 3, -1), fairShare(9, 0, 0)]).toEqual([0, 0, 0]);
  });
});

describe('the calls of one process in a second', () => {
  /** As many as go, asked again at every step. */
  function sent(limit: number, forMs: number, stepMs: number): number[] {
    const window = new CallWindow(1_030);
    const times: number[] = [];
    for (let now = 0; now < forMs; now += stepMs) {
      while (window.waitMs(limit, now) === 0) {
        window.note(limit, now);
        times.push(now);
      }
    }
    return times;
  }
  const most = (times: readonly number[]) =>
    Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length));

  it.each([
    [1, 1],
    [7, 3],
    [50, 1],
    [50, 17],
    [50, 80],
    [1_000, 5],
  ])('are never more than %d, asked every %d ms, and hardly fewer', (limit, stepMs) => {
    const times = sent(limit, 10_000, stepMs);
    expect(most(times)).toBeLessThanOrEqual(limit);
    const whole = (10_000 / 1_030) * limit;
    expect(times.length).toBeGreaterThan(0.9 * whole);
  });

  it('are spread over it', () => {
    expect(sent(50, 1_000, 1).filter((at) => at < 250).length).toBeLessThanOrEqual(25);
  });

  it('none where nothing may go; what was not used goes to the next', () => {
    const window = new CallWindow(1_030);
    expect(window.waitMs(0, 5)).toBe(Infinity);
    window.note(1, 5);
    expect(window.waitMs(1, 6)).toBe(1_029);
    window.giveBack(5);
    expect(window.waitMs(1, 900)).toBe(0);
  });
});

describe('service hours', () => {
  const at = (time: string, day = '2026-11-02') =>
    startOfDayMs(day) + (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * 60_000;
  const none: Maintenance[] = [];
  const night = { from: at('22:00'), until: at('02:00', '2026-11-03') };

  it.each<[string, string | null, Maintenance[], [now: number, expected: number]]>([
    ['always', null, none, [at('03:00'), at('03:00')]],
    ['within', '08:00-20:00', none, [at('08:00'), at('08:00')]],
    ['before', '08:00-20:00', none, [at('07:59'), at('08:00')]],
    ['after', '08:00-20:00', none, [at('20:00'), at('08:00', '2026-11-03')]],
    ['a call that would last past the end', '08:00-20:00', none, [at('19:59') + 50_000, at('08:00', '2026-11-03')]],
    ['over midnight, evening', '22:00-04:00', none, [at('23:00'), at('23:00')]],
    ['over midnight, morning', '22:00-04:00', none, [at('03:00'), at('03:00')]],
    ['over midnight, day', '22:00-04:00', none, [at('05:00'), at('22:00')]],
    ['under maintenance', null, [night], [at('23:00'), night.until]],
    ['before maintenance', null, [night], [at('21:00'), at('21:00')]],
    ['a call that would reach into maintenance', null, [night], [night.from - 10_000, night.until]],
    [
      'maintenance, then closed hours',
      '08:00-20:00',
      [{ from: at('19:00'), until: at('21:00') }],
      [at('19:30'), at('08:00', '2026-11-03')],
    ],
    [
      'two maintenances that touch',
      null,
      [night, { from: night.until, until: night.until + 1 }],
      [at('23:00'), night.until + 1],
    ],
  ])('%s', (_, hours, maintenance, [now, expected]) => {
    expect(servesAt(hours, maintenance, now, 20_000)).toBe(expected);
  });

  it.each([
    ['08:00-20:00', true],
    ['22:00-04:00', true],
    ['8:00-20:00', false],
    ['08:00-24:00', false],
    ['08:00-08:00', false],
    ['always', false],
  ])('%s: %s', (text, expected) => expect(isServiceHours(text)).toBe(expected));
});

describe('letting work out', () => {
  it.each([
    [100, 70, 30],
    [10, 7, 3],
    [1, 1, 0],
    [0, 0, 0],
    [-5, 0, 0],
  ])('of room for %d, %d by what is due longest and %d for cases that came last', (room, backlog, fresh) => {
    expect(releasePlan(room)).toEqual({ backlog, fresh });
  });

  it.each([
    [16, 50, 10_000, 250],
    [16, 2, 10_000, 64],
    [1, 1, 3_000, 4],
  ])('%d slots at %d calls a second and a visibility of %d ms: %d hints', (slots, rate, visibilityMs, mark) => {
    expect(highWaterMark(slots, rate, visibilityMs)).toBe(mark);
  });

  it.each([
    [0, 0, 5],
    [100, 0, 25],
    [100, 20, 5],
    [100, 25, 0],
    [100, 90, 0],
  ])('of %d calls %d repeated ones failed again: %d more may be tried', (calls, failedRetries, allowed) => {
    expect(retryAllowance({ calls, failedRetries })).toBe(allowed);
  });
});

describe('how long answers take', () => {
  it('is told within the square root of two', () => {
    const counts = noLatencies();
    for (let ms = 1; ms <= 1_000; ms += 1) counts[latencyClass(ms)]! += 1;
    expect(latencyQuantile(counts, 0.5)).toBeGreaterThanOrEqual(500);
    expect(latencyQuantile(counts, 0.5)).toBeLessThanOrEqual(500 * Math.SQRT2);
    expect(latencyQuantile(counts, 0.95)).toBeLessThanOrEqual(950 * Math.SQRT2);
    expect(latencyQuantile(noLatencies(), 0.5)).toBeNull();
    expect([latencyClass(-1), latencyClass(0), latencyClass(1), latencyClass(1e9)]).toEqual([0, 0, 0, 31]);
  });
});
