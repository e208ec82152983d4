/** Whole parts of a total for so many holders: equal, and what is left over goes to the first ones. */
export function fairShare(total: number, holders: number, rank: number): number {
  if (holders <= 0 || rank < 0 || rank >= holders) return 0;
  const whole = Math.floor(total / holders);
  return whole + (rank < total - whole * holders ? 1 : 0);
}

export interface Share {
  slots: number;
  callsPerSecond: number;
}

/**
 * One holder's part of an agency's slots and rate. A holder with one of them alone could do nothing, so no more take
 * part than both suffice for: the longest known first.
 */
export function shareOf(total: Share, holders: number, rank: number): Share {
  const taking = Math.min(holders, total.slots, total.callsPerSecond);
  return {
    slots: fairShare(total.slots, taking, rank),
    callsPerSecond: fairShare(total.callsPerSecond, taking, rank),
  };
}
