/**
 * What the other side says that it took, milliseconds: the metric `total` of Server-Timing (W3C Server Timing, 3.1);
 * null where it says nothing.
 */
export function serverTiming(header: string | string[] | undefined): number | null {
  const metrics = [header ?? []].flat().flatMap((value) => value.split(','));
  const total = metrics.map((metric) => /^\s*total\s*;.*?\bdur="?(\d+(?:\.\d+)?)/i.exec(metric)?.[1]).find(Boolean);
  return total === undefined ? null : Number(total);
}
