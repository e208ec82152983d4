import { Feeder, HINT_QUEUE, type HintQueue, TakeTurn, TrafficRounds } from '@birth/application';
import { QUEUES } from '@birth/domain';
import { EngineConfig, Rounds } from '@birth/platform';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

/** Takes hints from every queue, feeds what is due, and shares the agencies with the other workers: its whole life. */
@Injectable()
export class HintLoop implements OnApplicationBootstrap, OnModuleDestroy {
  /** Apart: a share ends when nothing was heard of the others, however long the feeder takes. */
  private readonly shares: Rounds;
  private readonly feeding: Rounds;

  constructor(
    @Inject(HINT_QUEUE) private readonly queue: HintQueue,
    private readonly turn: TakeTurn,
    private readonly traffic: TrafficRounds,
    feeder: Feeder,
    private readonly engine: EngineConfig,
  ) {
    const everyMs = engine.times.feederMs;
    const name = HintLoop.name;
    this.shares = new Rounds({ name, failure: 'shares not renewed', everyMs, round: () => traffic.round() });
    this.feeding = new Rounds({ name, failure: 'feeder round failed', everyMs, round: () => feeder.round() });
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const name of QUEUES) {
      await this.queue.onHint(name, this.engine.ENGINE_SLOTS, (hint) => this.turn.execute(hint));
    }
    await this.shares.attempt(() => this.traffic.round());
    this.shares.start();
    this.feeding.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.shares.stop(), this.feeding.stop()]);
    await this.queue.close();
    await this.traffic.leave();
  }
}
