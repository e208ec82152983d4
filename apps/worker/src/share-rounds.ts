import { ReadShareTable, ShareChanges } from '@birth/application';
import { EngineConfig, Rounds } from '@birth/platform';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

/** Of the feeder's pauses: 10 s. */
const PAUSES = 20;

/** Writes down, after the fact, what receivers of population information are to be told (policy P19). */
@Injectable()
export class ShareRounds implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds: Rounds;

  constructor(
    private readonly changes: ShareChanges,
    private readonly table: ReadShareTable,
    { times }: EngineConfig,
  ) {
    this.rounds = new Rounds({
      name: ShareRounds.name,
      failure: 'sharing',
      everyMs: PAUSES * times.feederMs,
      round: () => this.round(),
    });
  }

  private async round(): Promise<void> {
    await this.changes.catchUp();
    await this.table.round();
    await this.table.tellUntaken();
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.rounds.stop();
  }
}
