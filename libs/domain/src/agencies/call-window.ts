/** Of an even distance: what a late timer lost can be caught up. */
const PACE = 0.8;
/** What a busy process was late by, calls that follow close up to. */
const CATCH_UP_MS = 100;

/** So many calls in any second, spread over it. Times are of one monotonic clock, milliseconds. */
export class CallWindow {
  private sent: number[] = [];
  private nextAt = 0;

  /** Longer than the second of the contract: what leaves us a second apart may arrive nearer together. */
  constructor(private readonly windowMs: number) {}

  /** Until the next call may leave; Infinity where none may. */
  waitMs(limit: number, now: number): number {
    if (limit <= 0) return Infinity;
    this.forget(now);
    const before = this.sent.at(-limit);
    const full = before === undefined ? 0 : before + this.windowMs - now;
    return Math.max(0, full, this.nextAt - CATCH_UP_MS - now);
  }

  note(limit: number, now: number): void {
    this.sent.push(now);
    this.nextAt = Math.max(this.nextAt, now) + (PACE * this.windowMs) / limit;
  }

  /** What was noted at that moment did not become a call. */
  giveBack(at: number): void {
    const index = this.sent.lastIndexOf(at);
    if (index !== -1) this.sent.splice(index, 1);
  }

  private forget(now: number): void {
    const gone = this.sent.findIndex((at) => at > now - this.windowMs);
    if (gone > 0) this.sent = this.sent.slice(gone);
    else if (gone === -1) this.sent = [];
  }
}
