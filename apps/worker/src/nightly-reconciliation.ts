import { Reconciliations } from '@birth/application';
import { Rounds } from '@birth/platform';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

const ROUND_MS = 5_000;

/** Compares with each agency what either side has: at night, and when a supervisor asks. */
@Injectable()
export class NightlyReconciliation implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds: Rounds;

  constructor(reconciliations: Reconciliations) {
    this.rounds = new Rounds({
      name: NightlyReconciliation.name,
      failure: 'reconciliation',
      everyMs: ROUND_MS,
      round: () => reconciliations.round(),
    });
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.rounds.stop();
  }
}
