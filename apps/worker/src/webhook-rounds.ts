import { SendWebhooks } from '@birth/application';
import { EngineConfig, Rounds } from '@birth/platform';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

/** Of the feeder's pauses: 2 s. */
const PAUSES = 4;
const GIVE_UP_MS = 60_000;

/** Pushes what receivers of population information are owed, and gives up what nobody takes (policy P19). */
@Injectable()
export class WebhookRounds implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly pushing: Rounds;
  private readonly givingUp: Rounds;

  constructor(
    private readonly webhooks: SendWebhooks,
    { times }: EngineConfig,
  ) {
    const failure = 'webhooks';
    const name = WebhookRounds.name;
    const begin = (): Promise<void> => Promise.resolve(webhooks.begin());
    this.pushing = new Rounds({ name, failure, everyMs: PAUSES * times.feederMs, round: begin });
    this.givingUp = new Rounds({ name, failure, everyMs: GIVE_UP_MS, round: () => webhooks.giveUp() });
  }

  onApplicationBootstrap(): void {
    this.pushing.start();
    this.givingUp.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.pushing.stop(), this.givingUp.stop(), this.webhooks.leave()]);
  }
}
