/** Of one agency's interface, shared by every process. */
export interface Breaker {
  phase: 'closed' | 'open' | 'probing';
  /** Since when it stands so, epoch ms: what was counted before does not matter any more. */
  since: number;
  /** open: when one call may try; probing: when another process may, should the one that tries have died. */
  until: number;
  /** How often it opened without one answer between: each time it waits twice as long. */
  opens: number;
}

export const CLOSED: Breaker = { phase: 'closed', since: 0, until: 0, opens: 0 };

/** Calls that ended lately; a call that brought no answer that can be read has failed. */
export interface CallsSeen {
  calls: number;
  failures: number;
  /** Of the failures: nothing was reached at all. */
  connectErrors: number;
}

export interface BreakerTimes {
  /** Calls of so long ago count. */
  windowMs: number;
  openBaseMs: number;
  openCapMs: number;
  /** The longest a probe may take. */
  probeMs: number;
}

const ENOUGH_CALLS = 20;
const ENOUGH_CONNECT_ERRORS = 5;

/** Half of at least twenty calls, or five that reached nothing while no more than as many got through. */
export function hasFailed({ calls, failures, connectErrors }: CallsSeen): boolean {
  if (calls >= ENOUGH_CALLS && failures * 2 >= calls) return true;
  return connectErrors >= ENOUGH_CONNECT_ERRORS && connectErrors * 2 >= calls;
}

export function opened({ opens }: Breaker, now: number, times: BreakerTimes): Breaker {
  const waitMs = Math.min(times.openCapMs, times.openBaseMs * 2 ** Math.min(opens, 30));
  return { phase: 'open', since: now, until: now + waitMs, opens: opens + 1 };
}

/** An open breaker whose wait is over, or a probe of which nothing was heard in time. */
export const mayProbe = ({ phase, until }: Breaker, now: number): boolean => phase !== 'closed' && until <= now;

export const probing = (breaker: Breaker, now: number, { probeMs }: BreakerTimes): Breaker => ({
  ...breaker,
  phase: 'probing',
  until: now + probeMs,
});

export function afterProbe(breaker: Breaker, isAnswered: boolean, now: number, times: BreakerTimes): Breaker {
  return isAnswered ? { ...CLOSED, since: now } : opened(breaker, now, times);
}
