/** The platform's clock. Domain code never reads it: it is given `now`. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

export const CLOCK = Symbol('CLOCK');

export const systemClock: Clock = { now: () => Date.now() };

/** CLOCK_OFFSET_MS moves the clock, for demonstrations on another date; it runs at the same speed. Refused in production. */
export function clockOf(env: NodeJS.ProcessEnv = process.env): Clock {
  const text = env['CLOCK_OFFSET_MS'] ?? '';
  if (text === '') return systemClock;
  if (env['NODE_ENV'] === 'production') throw new Error('CLOCK_OFFSET_MS is refused in production');
  if (!/^-?\d{1,13}$/.test(text)) throw new Error('CLOCK_OFFSET_MS is no number of milliseconds');
  const offsetMs = Number(text);
  return { now: () => Date.now() + offsetMs };
}
