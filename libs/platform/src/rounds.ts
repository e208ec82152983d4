import { Logger } from '@nestjs/common';

export interface RoundsOptions {
  /** Class name in the log. */
  name: string;
  /** What is told of a round that failed, before the error's name. */
  failure: string;
  /** Pause between two rounds, milliseconds. */
  everyMs: number;
  round: () => Promise<unknown>;
}

/** A round again and again, one at a time; one that fails is told and tried again: the database may be restarting. */
export class Rounds {
  private readonly logger: Logger;
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private isEnding = false;

  constructor(private readonly options: RoundsOptions) {
    this.logger = new Logger(options.name);
  }

  /** The first round begins after a pause. */
  start(): void {
    if (this.isEnding) return;
    this.timer = setTimeout(() => {
      this.running = this.attempt(this.options.round).finally(() => this.start());
    }, this.options.everyMs);
  }

  /** No further round; the running one has ended. */
  async stop(): Promise<void> {
    this.isEnding = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.running;
  }

  /** Out of turn, and as patient. */
  async attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.warn(`${this.options.failure}: ${error instanceof Error ? error.name : 'unknown'}`);
    }
  }
}
