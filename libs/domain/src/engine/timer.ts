export interface Timer {
  name: string;
  /** Epoch milliseconds. */
  at: number;
}

export const HOUR_MS = 3_600_000;
