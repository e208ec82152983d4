const HOUR_MS = 3_600_000;

/** Days begun after the hours that a hospital has for its entry; 0 in time. A clock that runs ahead is in time. */
export const lateDays = (bornAt: number, toldAt: number, limitHours: number): number =>
  Math.max(0, Math.ceil((toldAt - bornAt - limitHours * HOUR_MS) / (24 * HOUR_MS)));
