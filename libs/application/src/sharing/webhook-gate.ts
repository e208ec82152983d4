import { afterProbe, type Breaker, hasFailed, mayProbe, opened, probing, type WebhookOutcome } from '@birth/domain';
import { type Clock, CLOCK, EngineConfig } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { WEBHOOK_STORE, type WebhookStore } from '../ports/webhook-store';

const AT_ONCE = 16;

export interface Entry {
  breaker: Breaker;
  /** Deliveries that may go now. */
  limit: number;
}

export interface Tried {
  outcome: WebhookOutcome;
  isUnreached: boolean;
}

/** The breaker before each receiver's door, shared by all processes: as for an agency, one probe tries a door that failed. */
@Injectable()
export class WebhookGate {
  constructor(
    @Inject(WEBHOOK_STORE) private readonly store: WebhookStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly engine: EngineConfig,
  ) {}

  /** null: nobody may be called now. */
  async enter(receiver: string): Promise<Entry | null> {
    const { breaker, disabledAt } = await this.store.endpoint(receiver);
    if (disabledAt !== null) return null;
    if (breaker.phase === 'closed') return { breaker, limit: AT_ONCE };
    const now = this.clock.now();
    if (!mayProbe(breaker, now)) return null;
    const next = probing(breaker, now, this.engine.times.breaker);
    return (await this.store.setBreaker(receiver, breaker, next)) ? { breaker: next, limit: 1 } : null;
  }

  async leave(receiver: string, { breaker }: Entry, tried: readonly Tried[]): Promise<void> {
    const next =
      breaker.phase === 'probing' ? this.probed(breaker, tried) : await this.judged(receiver, breaker, tried);
    if (next !== null) await this.store.setBreaker(receiver, breaker, next);
  }

  /** Where nothing was due, nothing is known: it is tried again when something is. */
  private probed(breaker: Breaker, [probe]: readonly Tried[]): Breaker {
    const [now, times] = [this.clock.now(), this.engine.times.breaker];
    if (probe === undefined) return { ...breaker, phase: 'open', until: now };
    return afterProbe(breaker, isAnswered(probe), now, times);
  }

  private async judged(receiver: string, breaker: Breaker, tried: readonly Tried[]): Promise<Breaker | null> {
    if (tried.length === 0) return null;
    const [now, times] = [this.clock.now(), this.engine.times.breaker];
    const calls = {
      calls: tried.length,
      failures: tried.filter((one) => !isAnswered(one)).length,
      connectErrors: tried.filter(({ isUnreached }) => isUnreached).length,
    };
    const seen = await this.store.count(receiver, calls, { now, windowMs: times.windowMs });
    return hasFailed(seen) ? opened(breaker, now, times) : null;
  }
}

export const isAnswered = ({ outcome }: Pick<Tried, 'outcome'>): boolean => outcome !== 'unanswered';
