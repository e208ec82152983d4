/** Somebody who looks in every so often, and never twice at once. */
export class RegularLook {
  private timer: NodeJS.Timeout | undefined;
  private isLooking = false;

  constructor(private readonly look: () => Promise<void>) {}

  start(everyMs: number): void {
    this.timer = setInterval(() => void this.once(), everyMs).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async once(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    try {
      await this.look();
    } finally {
      this.isLooking = false;
    }
  }
}
