import { afterProbe, type Breaker, type BreakerTimes, CLOSED, mayProbe, opened, probing } from './breaker';
import { BUSY, nextLimit, slowStart } from './call-limit';
import { CallWindow } from './call-window';

const DAY_MS = 86_400_000;
const TIMES: BreakerTimes = { windowMs: 30_000, openBaseMs: 5_000, openCapMs: 30_000, probeMs: 30_000 };
const ROUND_MS = 300;

/** Its breaker opens at 0; every trial meets nobody. */
function away(untilMs: number): { breaker: Breaker; probes: number } {
  let [breaker, probes] = [opened(CLOSED, 0, TIMES), 0];
  for (let now = breaker.until; now < untilMs; now = breaker.until) {
    if (!mayProbe(breaker, now)) throw new Error('a wait that never ends');
    breaker = afterProbe(probing(breaker, now, TIMES), false, now, TIMES);
    probes += 1;
  }
  return { breaker, probes };
}

/** When each call of a backlog leaves, ms after the answered trial; each takes `answerMs`. */
function drain(count: number, { rate, slots, answerMs }: { rate: number; slots: number; answerMs: number }): number[] {
  const window = new CallWindow(1_030);
  const left: number[] = [];
  let underWay: number[] = [];
  let [limit, busyAnswers] = [slowStart({ limit: slots, threshold: slots }), 0];
  for (let now = 0; left.length < count; now += 1) {
    const isBusy = underWay.length >= BUSY * limit.limit;
    const open = underWay.filter((end) => end > now);
    if (isBusy) busyAnswers += underWay.length - open.length;
    underWay = open;
    if (now % ROUND_MS === 0) [limit, busyAnswers] = [nextLimit(limit, slots, { busyAnswers, drops: 0 }), 0];
    while (left.length < count && underWay.length < Math.floor(limit.limit) && window.waitMs(rate, now) === 0) {
      window.note(rate, now);
      left.push(now);
      underWay.push(now + answerMs);
    }
  }
  return left;
}

function mostInASecond(times: readonly number[]): number {
  let [most, first] = [0, 0];
  times.forEach((at, last) => {
    while ((times[first] ?? at) <= at - 1_000) first += 1;
    most = Math.max(most, last - first + 1);
  });
  return most;
}

describe('fault 29: an agency that is away for days, on a clock of the test', () => {
  it.each([
    ['24 h', DAY_MS],
    ['7 d', 7 * DAY_MS],
  ])('%s: asked every half minute and no oftener, and noticed within as long', (_name, awayMs) => {
    const { breaker, probes } = away(awayMs);
    const everyHalfMinute = awayMs / TIMES.openCapMs;
    expect(probes).toBeGreaterThanOrEqual(everyHalfMinute - 1);
    expect(probes).toBeLessThanOrEqual(everyHalfMinute + 3);
    expect(breaker.until - awayMs).toBeLessThanOrEqual(TIMES.openCapMs);
    const back = afterProbe(probing(breaker, breaker.until, TIMES), true, breaker.until, TIMES);
    expect(back).toMatchObject({ phase: 'closed', opens: 0 });
  });

  it.each([
    ['an agency that answers at once', 20, 16],
    ['one that takes its time', 300, 64],
  ])('ten thousand that waited leave at the agreed rate, never above it: %s', (_name, answerMs, slots) => {
    const left = drain(10_000, { rate: 50, slots, answerMs });
    expect(mostInASecond(left)).toBeLessThanOrEqual(50);
    expect(left.at(-1)! / 1000).toBeGreaterThan(200);
    expect(left.at(-1)! / 1000).toBeLessThan(210);
  });

  it('the first seconds are careful: one call, then two, then four', () => {
    const left = drain(200, { rate: 50, slots: 16, answerMs: 200 });
    expect(left.filter((at) => at < 200)).toHaveLength(1);
    expect(left.filter((at) => at < ROUND_MS).length).toBeLessThanOrEqual(2);
    expect(left.filter((at) => at < 1_000).length).toBeLessThan(20);
  });
});
