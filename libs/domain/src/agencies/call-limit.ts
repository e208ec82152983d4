/** How many calls may be under way at an agency, all processes together: what it seems to bear, never above its contract. */
export interface CallLimit {
  /** May have a fraction: below it whole calls. */
  limit: number;
  /** Below it the limit doubles with every round of answers (slow start), above it creeps. */
  threshold: number;
}

/** What was seen since the limit was set. */
export interface LimitSigns {
  /** Calls that were answered while at least four fifths of the limit were in use. */
  busyAnswers: number;
  /** Calls that began under this limit and were refused for load (429, 503) or not answered in time. */
  drops: number;
}

const DECREASE = 0.7;
/** Share of the limit that must be in use for an answer to say that more could be borne. */
export const BUSY = 0.8;

/** Additive increase, multiplicative decrease; a round with a drop decreases once, however many there were. */
export function nextLimit({ limit, threshold }: CallLimit, cap: number, { busyAnswers, drops }: LimitSigns): CallLimit {
  if (drops > 0) {
    const lower = Math.max(1, Math.min(limit, cap) * DECREASE);
    return { limit: lower, threshold: lower };
  }
  const slow = Math.min(busyAnswers, Math.max(0, Math.ceil(threshold - limit)));
  const started = Math.min(limit + slow, Math.max(limit, threshold));
  return { limit: Math.min(cap, crept(started, busyAnswers - slow)), threshold };
}

/** +1/limit for every answer. */
function crept(limit: number, answers: number): number {
  let reached = limit;
  for (let answer = 0; answer < answers; answer += 1) reached += 1 / reached;
  return reached;
}

/** After an outage: 1, 2, 4 … up to half of what was borne before, then carefully. */
export const slowStart = ({ limit }: CallLimit): CallLimit => ({ limit: 1, threshold: Math.max(2, limit / 2) });
