import { ShareChanges } from '@birth/application';
import { Rounds } from '@birth/platform';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

const ROUND_MS = 10_000;

/** Writes down, after the fact, what receivers of population information are to be told (policy P19). */
@Injectable()
export class ShareRounds implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds: Rounds;

  constructor(changes: ShareChanges) {
    this.rounds = new Rounds({
      name: ShareRounds.name,
      failure: 'sharing',
      everyMs: ROUND_MS,
      round: () => changes.catchUp(),
    });
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.rounds.stop();
  }
}
