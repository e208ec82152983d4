import { Feeder, HINT_QUEUE, type HintQueue, TakeHint } from '@birth/application';
import { QUEUES } from '@birth/domain';
import { EngineConfig, Rounds } from '@birth/platform';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

/** Takes hints from every queue, and feeds what is due: the worker's whole life. */
@Injectable()
export class HintLoop implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds: Rounds;

  constructor(
    @Inject(HINT_QUEUE) private readonly queue: HintQueue,
    private readonly takeHint: TakeHint,
    feeder: Feeder,
    private readonly engine: EngineConfig,
  ) {
    this.rounds = new Rounds({
      name: HintLoop.name,
      failure: 'feeder round failed',
      everyMs: engine.times.feederMs,
      round: () => feeder.round(),
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const name of QUEUES) {
      await this.queue.onHint(name, this.engine.ENGINE_SLOTS, (hint) => this.takeHint.execute(hint));
    }
    this.rounds.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
    await this.queue.close();
  }
}
