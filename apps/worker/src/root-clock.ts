import { SignRoots } from '@birth/application';
import { Rounds } from '@birth/platform';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

const ROUND_MS = 60_000;

/** Looks once a minute whether the hour has its signed root. */
@Injectable()
export class RootClock implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds: Rounds;

  constructor(roots: SignRoots) {
    this.rounds = new Rounds({
      name: RootClock.name,
      failure: 'signed roots',
      everyMs: ROUND_MS,
      round: () => roots.execute(),
    });
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.rounds.stop();
  }
}
