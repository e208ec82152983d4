import { AGENCIES, type AgencyCode, afterProbe, mayProbe, probing, slowStart } from '@birth/domain';
import { type Clock, CLOCK, EngineConfig } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AgencyGates } from '../agency-gates';
import { type GateChange, TRAFFIC_STORE, type TrafficStore } from '../ports/traffic-store';
import { TakeTurn } from './take-turn';

/** Tries an agency whose breaker is open with one call, a question where one is due; one process at a time. */
@Injectable()
export class ProbeAgencies {
  private readonly running = new Set<Promise<void>>();

  constructor(
    @Inject(TRAFFIC_STORE) private readonly store: TrafficStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly engine: EngineConfig,
    private readonly gates: AgencyGates,
    private readonly turn: TakeTurn,
  ) {}

  /** Begins what may be tried now; `ended` waits for it. */
  async round(): Promise<void> {
    for (const agency of AGENCIES) {
      const isDue = mayProbe(this.gates.of(agency).breaker, this.clock.now());
      if (isDue && this.gates.isServing(agency)) await this.begin(agency);
    }
  }

  async ended(): Promise<void> {
    await Promise.all(this.running);
  }

  private async begin(agency: AgencyCode): Promise<void> {
    const now = this.clock.now();
    const { breaker } = this.gates.of(agency);
    if (!(await this.set(agency, { breaker: probing(breaker, now, this.engine.times.breaker) }))) return;
    const trial = this.tryOut(agency).catch(() => undefined);
    this.running.add(trial);
    void trial.finally(() => this.running.delete(trial));
  }

  private async tryOut(agency: AgencyCode): Promise<void> {
    const { breaker: timesOf, visibilityMs } = this.engine.times;
    const hint = await this.store.probe(agency, { now: this.clock.now(), visibilityMs });
    const outcome = hint === null ? null : await this.turn.probe(hint);
    const { breaker } = this.gates.of(agency);
    const now = this.clock.now();
    if (outcome === null) {
      await this.set(agency, { breaker: { ...breaker, phase: 'open', until: now + timesOf.openBaseMs } });
      return;
    }
    const limit = outcome
      ? slowStart(this.gates.of(agency).limit ?? this.atContract(agency))
      : this.gates.of(agency).limit;
    await this.set(agency, { breaker: afterProbe(breaker, outcome, now, timesOf), limit });
  }

  private atContract(agency: AgencyCode) {
    const { slots } = this.gates.total(agency);
    return { limit: slots, threshold: slots };
  }

  private set(agency: AgencyCode, change: Partial<GateChange>): Promise<boolean> {
    const { breaker, limit, loweredAt } = this.gates.of(agency);
    return this.gates.change(agency, { breaker, limit, loweredAt, ...change });
  }
}
