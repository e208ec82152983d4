import { MatchKeptMessages } from '@birth/application';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

const ROUND_MS = 2_000;

/** Looks again and again whether the steps of kept messages are known by now. */
@Injectable()
export class KeptMessages implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(KeptMessages.name);
  private timer: NodeJS.Timeout | null = null;
  private round: Promise<void> = Promise.resolve();
  private isEnding = false;

  constructor(private readonly messages: MatchKeptMessages) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  async onModuleDestroy(): Promise<void> {
    this.isEnding = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.round;
  }

  private schedule(): void {
    if (this.isEnding) return;
    this.timer = setTimeout(() => {
      this.round = this.look().finally(() => this.schedule());
    }, ROUND_MS);
  }

  private async look(): Promise<void> {
    try {
      await this.messages.round();
    } catch (error) {
      this.logger.warn(`kept messages: ${error instanceof Error ? error.name : 'unknown'}`);
    }
  }
}
