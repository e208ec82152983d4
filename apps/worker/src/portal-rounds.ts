import { SendRecords } from '@birth/application';
import { Rounds } from '@birth/platform';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

const ROUND_MS = 5_000;

/** Tells the city's portal, after the fact, what became of the cases that were filed there. */
@Injectable()
export class PortalRounds implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds: Rounds;

  constructor(records: SendRecords) {
    this.rounds = new Rounds({
      name: PortalRounds.name,
      failure: 'records for the portal',
      everyMs: ROUND_MS,
      round: () => records.catchUp(),
    });
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.rounds.stop();
  }
}
