import { Feeder, HINT_QUEUE, type HintQueue, TakeHint } from '@birth/application';
import { QUEUES } from '@birth/domain';
import { EngineConfig } from '@birth/platform';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

/** Takes hints from every queue, and feeds what is due: the worker's whole life. */
@Injectable()
export class HintLoop implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(HintLoop.name);
  private timer: NodeJS.Timeout | null = null;
  private round: Promise<void> = Promise.resolve();
  private isEnding = false;

  constructor(
    @Inject(HINT_QUEUE) private readonly queue: HintQueue,
    private readonly takeHint: TakeHint,
    private readonly feeder: Feeder,
    private readonly engine: EngineConfig,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const name of QUEUES) {
      await this.queue.onHint(name, this.engine.ENGINE_SLOTS, (hint) => this.takeHint.execute(hint));
    }
    this.schedule();
  }

  async onModuleDestroy(): Promise<void> {
    this.isEnding = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.round;
    await this.queue.close();
  }

  private schedule(): void {
    if (this.isEnding) return;
    this.timer = setTimeout(() => {
      this.round = this.feedOnce().finally(() => this.schedule());
    }, this.engine.times.feederMs);
  }

  /** A round that fails is told and tried again: the database may be restarting. */
  private async feedOnce(): Promise<void> {
    try {
      await this.feeder.round();
    } catch (error) {
      this.logger.warn(`feeder round failed: ${error instanceof Error ? error.name : 'unknown'}`);
    }
  }
}
