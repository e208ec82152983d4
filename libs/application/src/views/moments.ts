const SHANGHAI_MS = 8 * 3_600_000;

/** ISO 8601 as clocks in the county show it. */
export const iso = (ms: number): string => new Date(ms + SHANGHAI_MS).toISOString().replace('Z', '+08:00');

export const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));
