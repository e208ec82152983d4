import {
  AGENCIES,
  type AgencyCode,
  type CallLimit,
  hasFailed,
  nextLimit,
  opened,
  shareOf,
  type Share,
} from '@birth/domain';
import { type Clock, CLOCK, EngineConfig, newId } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { performance } from 'node:perf_hooks';
import { AgencyGates } from '../agency-gates';
import { HINT_QUEUE, type HintQueue } from '../ports/hint-queue';
import { TRAFFIC_STORE, type TrafficSeen, type TrafficStore } from '../ports/traffic-store';
import { AgencyTraffic } from './agency-traffic';
import { CallPacer } from './call-pacer';
import { ProbeAgencies } from './probe-agencies';

/** Of a process that calls agencies: tells what it saw, hears of the others, and takes its share of slots and rate. */
@Injectable()
export class TrafficRounds {
  private readonly holder = newId();

  constructor(
    @Inject(TRAFFIC_STORE) private readonly store: TrafficStore,
    @Inject(HINT_QUEUE) private readonly queue: HintQueue,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly engine: EngineConfig,
    private readonly gates: AgencyGates,
    private readonly traffic: AgencyTraffic,
    private readonly pacer: CallPacer,
    private readonly probes: ProbeAgencies,
  ) {}

  async round(): Promise<void> {
    const askedAt = performance.now();
    const seen = await this.tellAndHear();
    for (const agency of AGENCIES) {
      await this.judge(agency);
      this.allot(agency, seen, askedAt + this.engine.times.share.staleMs);
    }
    await this.probes.round();
  }

  /** The others take over what was this process's. */
  async leave(): Promise<void> {
    await this.probes.ended();
    await this.store.leave(this.holder).catch(() => undefined);
  }

  private async tellAndHear(): Promise<TrafficSeen> {
    const tallies = this.traffic.takeTallies();
    try {
      return await this.gates.refresh(this.holder, tallies);
    } catch (error) {
      this.traffic.putBack(tallies);
      throw error;
    }
  }

  private async judge(agency: AgencyCode): Promise<void> {
    const gate = this.gates.of(agency);
    if (gate.breaker.phase !== 'closed') return this.traffic.signsUsed(agency);
    const now = this.clock.now();
    if (hasFailed(this.gates.seen(agency))) {
      const breaker = opened(gate.breaker, now, this.engine.times.breaker);
      await this.gates.change(agency, { breaker, limit: gate.limit, loweredAt: gate.loweredAt });
      return;
    }
    await this.adjust(agency, now);
  }

  private async adjust(agency: AgencyCode, now: number): Promise<void> {
    const { breaker, limit, loweredAt } = this.gates.of(agency);
    const cap = this.gates.contractOf(agency)?.slots ?? 1;
    const signs = this.traffic.signsOf(agency);
    const from: CallLimit = limit ?? { limit: cap, threshold: cap };
    const to = nextLimit(from, cap, signs);
    const isLowered = to.limit < from.limit;
    if (!isLowered && to.limit === from.limit) return this.traffic.signsUsed(agency);
    const change = { breaker, limit: to, loweredAt: isLowered ? now : loweredAt };
    if (await this.gates.change(agency, change)) this.traffic.signsUsed(agency);
  }

  /** Of no slot nothing is held: its hints are left to the others. */
  private allot(agency: AgencyCode, { holders, rank }: TrafficSeen, validUntil: number): void {
    const none: Share = { slots: 0, callsPerSecond: 0 };
    const share = rank === null ? none : shareOf(this.gates.total(agency), holders, rank);
    const slots = Math.min(this.engine.ENGINE_SLOTS, share.slots);
    this.pacer.allot(agency, { ...share, slots }, validUntil);
    this.queue.setSlots(agency, slots);
  }
}
