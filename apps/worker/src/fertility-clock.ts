import { FertilityRegistrations } from '@birth/application';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

const ROUND_MS = 60_000;
const PAGE = 200;

/** Looks once a minute which limits of fertility registrations have passed. */
@Injectable()
export class FertilityClock implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(FertilityClock.name);
  private timer: NodeJS.Timeout | null = null;
  private round: Promise<void> = Promise.resolve();

  constructor(private readonly registrations: FertilityRegistrations) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.round = this.look();
    }, ROUND_MS);
  }

  async onModuleDestroy(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.round;
  }

  private async look(): Promise<void> {
    try {
      await this.registrations.passDeadlines(PAGE);
    } catch (error) {
      this.logger.warn(`fertility limits: ${error instanceof Error ? error.name : 'unknown'}`);
    }
  }
}
