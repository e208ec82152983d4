/** Durations counted in classes whose upper bounds grow by the square root of two, from 1 ms to three quarters of a minute. */
export const LATENCY_CLASSES = 32;

export const noLatencies = (): number[] => new Array<number>(LATENCY_CLASSES).fill(0);

export const latencyClass = (ms: number): number =>
  Math.min(LATENCY_CLASSES - 1, Math.max(0, Math.ceil(2 * Math.log2(Math.max(1, ms)))));

/** Upper bound of the class in which the quantile lies; null without a duration. */
export function latencyQuantile(counts: readonly number[], quantile: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let seen = 0;
  const at = counts.findIndex((count) => (seen += count) >= quantile * total);
  return Math.round(2 ** (at / 2));
}
