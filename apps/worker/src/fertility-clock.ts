import { FertilityRegistrations } from '@birth/application';
import { Rounds } from '@birth/platform';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

const ROUND_MS = 60_000;
const PAGE = 200;

/** Looks once a minute which limits of fertility registrations have passed. */
@Injectable()
export class FertilityClock implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds: Rounds;

  constructor(registrations: FertilityRegistrations) {
    this.rounds = new Rounds({
      name: FertilityClock.name,
      failure: 'fertility limits',
      everyMs: ROUND_MS,
      round: () => registrations.passDeadlines(PAGE),
    });
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.rounds.stop();
  }
}
