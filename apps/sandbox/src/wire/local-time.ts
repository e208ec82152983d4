/** Times as Chinese agencies write them: Asia/Shanghai, which has had no daylight saving since 1991. */
const OFFSET_MS = 8 * 3_600_000;

const shifted = (at: number): string => new Date(at + OFFSET_MS).toISOString();

/** yyyy-MM-dd */
export const isoDate = (at: number): string => shifted(at).slice(0, 10);
/** yyyyMMdd */
export const compactDate = (at: number): string => isoDate(at).replaceAll('-', '');
/** yyyy-MM-dd HH:mm:ss */
export const spacedTime = (at: number): string => shifted(at).slice(0, 19).replace('T', ' ');
/** yyyyMMddHHmmss */
export const compactTime = (at: number): string => spacedTime(at).replace(/\D/g, '');
/** ISO 8601 with milliseconds and +08:00. */
export const offsetTime = (at: number): string => shifted(at).replace('Z', '+08:00');
