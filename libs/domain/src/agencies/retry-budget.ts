/** First tries and repeated ones of an agency's calls that ended lately. */
export interface TriesSeen {
  calls: number;
  /** Of the calls: repeated ones that failed again. */
  failedRetries: number;
}

const SHARE = 0.2;
/** Else nothing would ever be repeated at an agency that is hardly called. */
const FLOOR = 5;

/** How many repeated calls may be let go: those that failed again stay below a fifth of all, so that trouble feeds no trouble. */
export function retryAllowance({ calls, failedRetries }: TriesSeen): number {
  return Math.max(0, Math.floor(calls * SHARE) + FLOOR - failedRetries);
}
