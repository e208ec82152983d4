/** The platform's clock. Domain code never reads it: it is given `now`. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

export const CLOCK = Symbol('CLOCK');

export const systemClock: Clock = { now: () => Date.now() };

/** The system clock moved by a fixed distance, for demonstrations on another date; runs at the same speed. */
export const shiftedClock = (offsetMs: number): Clock => ({ now: () => Date.now() + offsetMs });
