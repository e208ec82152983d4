import { BUSY, CallWindow, type Share } from '@birth/domain';
import { setTimeout as delay } from 'node:timers/promises';

/** A share may change while calls wait for their turn. */
const LOOK_AGAIN_MS = 25;

interface Waiting {
  until: number;
  resolve: (at: number | null) => void;
}

/** The way of this process's calls to one agency: one at a time passes, at the pace of its share. */
export class CallLane {
  private readonly window: CallWindow;
  /** Further requests of calls under way: their leases run, so they go first. */
  private readonly begun: Waiting[] = [];
  private readonly waiting: Waiting[] = [];
  private isMoving = false;
  private share: Share & { until: number } = { slots: 0, callsPerSecond: 0, until: 0 };
  private underWay = 0;

  constructor(
    private readonly monotonic: () => number,
    secondMs: number,
  ) {
    this.window = new CallWindow(secondMs);
  }

  /** Holds until `until` of the monotonic clock: a process that hears nothing of the others calls nobody. */
  allot(share: Share, until: number): void {
    this.share = { ...share, until };
  }

  /** The moment of the turn; null when none came in time. */
  turn(until: number, isBegun: boolean): Promise<number | null> {
    return new Promise((resolve) => {
      (isBegun ? this.begun : this.waiting).push({ until, resolve });
      if (!this.isMoving) void this.move();
    });
  }

  giveBack(at: number): void {
    this.window.giveBack(at);
  }

  begin(): void {
    this.underWay += 1;
  }

  end(): void {
    this.underWay -= 1;
  }

  isBusy(): boolean {
    return this.underWay >= BUSY * this.share.slots;
  }

  private async move(): Promise<void> {
    this.isMoving = true;
    for (let next = this.next(); next !== undefined; next = this.next()) {
      const now = this.monotonic();
      const limit = now < this.share.until ? this.share.callsPerSecond : 0;
      const waitMs = this.window.waitMs(limit, now);
      if (waitMs === 0) this.pass(limit, now);
      else if (now + Math.min(waitMs, LOOK_AGAIN_MS) > next.until) this.shift()?.resolve(null);
      else await delay(Math.min(waitMs, LOOK_AGAIN_MS));
    }
    this.isMoving = false;
  }

  private next(): Waiting | undefined {
    return this.begun[0] ?? this.waiting[0];
  }

  private shift(): Waiting | undefined {
    return this.begun.shift() ?? this.waiting.shift();
  }

  private pass(limit: number, now: number): void {
    this.window.note(limit, now);
    this.shift()?.resolve(now);
  }
}
