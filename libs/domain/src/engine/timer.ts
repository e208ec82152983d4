export interface Timer {
  name: string;
  /** Epoch milliseconds. */
  at: number;
}

export const HOUR_MS = 3_600_000;
/** People are told in the morning. */
export const REVIEW_HOUR_MS = 9 * HOUR_MS;
