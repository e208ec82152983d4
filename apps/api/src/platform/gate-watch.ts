import { AgencyGates } from '@birth/application';
import { Rounds } from '@birth/platform';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

const LOOK_MS = 500;

/**
 * The api offers after its commits, but nothing for an agency that is paused or has a backlog: it looks by itself. What
 * was known stays known while the database is away.
 */
@Injectable()
export class GateWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds: Rounds;

  constructor(private readonly gates: AgencyGates) {
    this.rounds = new Rounds({
      name: GateWatch.name,
      failure: 'gates not read',
      everyMs: LOOK_MS,
      round: () => gates.look(),
    });
  }

  /** Pauses are known before the first request; queues that do not answer yet hold up no start. */
  async onApplicationBootstrap(): Promise<void> {
    await this.rounds.attempt(() => this.gates.refresh());
    this.rounds.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.rounds.stop();
  }
}
