/** Parts of a page that is let out of a backlog. */
export interface ReleasePlan {
  /** Whatever is due, earliest first. */
  backlog: number;
  /** Kept for cases that came last and were never tried: a long backlog must not make them its tail. */
  fresh: number;
}

const BACKLOG_SHARE = 0.7;

export function releasePlan(room: number): ReleasePlan {
  if (room <= 0) return { backlog: 0, fresh: 0 };
  const backlog = Math.max(1, Math.round(room * BACKLOG_SHARE));
  return { backlog, fresh: room - backlog };
}

/** Hints that may lie in an agency's queue, so that none waits much longer than a visibility. */
export const highWaterMark = (slots: number, callsPerSecond: number, visibilityMs: number): number =>
  Math.max(4 * slots, Math.floor((callsPerSecond * visibilityMs) / 2_000));
