import { AgencyGates } from '@birth/application';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

const LOOK_MS = 500;

/** The api offers after its commits, but nothing for an agency that is paused or has a backlog: it looks by itself. */
@Injectable()
export class GateWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(GateWatch.name);
  private timer: NodeJS.Timeout | null = null;
  private round: Promise<void> = Promise.resolve();
  private isEnding = false;

  constructor(private readonly gates: AgencyGates) {}

  /** Pauses are known before the first request; queues that do not answer yet hold up no start. */
  async onApplicationBootstrap(): Promise<void> {
    await this.guarded(() => this.gates.refresh());
    this.schedule();
  }

  async onModuleDestroy(): Promise<void> {
    this.isEnding = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.round;
  }

  private schedule(): void {
    if (this.isEnding) return;
    this.timer = setTimeout(() => {
      this.round = this.guarded(() => this.gates.look()).finally(() => this.schedule());
    }, LOOK_MS);
  }

  /** What was known stays known while the database is away. */
  private async guarded(look: () => Promise<void>): Promise<void> {
    try {
      await look();
    } catch (error) {
      this.logger.warn(`gates not read: ${error instanceof Error ? error.name : 'unknown'}`);
    }
  }
}
