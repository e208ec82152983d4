import { MatchKeptMessages } from '@birth/application';
import { Rounds } from '@birth/platform';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

const ROUND_MS = 2_000;

/** Looks again and again whether the steps of kept messages are known by now. */
@Injectable()
export class KeptMessages implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds: Rounds;

  constructor(messages: MatchKeptMessages) {
    this.rounds = new Rounds({
      name: KeptMessages.name,
      failure: 'kept messages',
      everyMs: ROUND_MS,
      round: () => messages.round(),
    });
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.rounds.stop();
  }
}
