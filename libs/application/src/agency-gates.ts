import {
  type AgencyCode,
  type AgencyContract,
  type AgencyContracts,
  type CallsSeen,
  highWaterMark,
  QUEUES,
  type QueueName,
  servesAt,
  type TriesSeen,
} from '@birth/domain';
import { type Clock, CLOCK, EngineConfig } from '@birth/platform';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { HINT_QUEUE, type HintQueue } from './ports/hint-queue';
import {
  type AgencyGate,
  type GateChange,
  OPEN_GATE,
  type Tally,
  TRAFFIC_STORE,
  type TrafficSeen,
  type TrafficStore,
} from './ports/traffic-store';
import { WORK_STORE, type WorkStore } from './ports/work-store';
import { AGENCY_CONTRACTS } from './traffic/contracts';

const QUIET = { calls: 0, failures: 0, connectErrors: 0, failedRetries: 0 };
const ANSWER_NOTE_MS = 1_000;

/** What this process knows of the agencies' gates; the rows of agency_state are the truth and are read by refresh(). */
@Injectable()
export class AgencyGates {
  private seenLast: Pick<TrafficSeen, 'gates' | 'calls' | 'holders'> = {
    gates: new Map(),
    calls: new Map(),
    holders: 1,
  };
  private readonly logger = new Logger(AgencyGates.name);
  private readonly full = new Set<QueueName>();
  private readonly noted = new Map<QueueName, number>();

  constructor(
    @Inject(WORK_STORE) private readonly store: WorkStore,
    @Inject(TRAFFIC_STORE) private readonly traffic: TrafficStore,
    @Inject(HINT_QUEUE) private readonly queue: HintQueue,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(AGENCY_CONTRACTS) private readonly contracts: AgencyContracts,
    private readonly engine: EngineConfig,
  ) {}

  /** Looks at every gate and every queue's depth: what a process needs that only offers. */
  async look(): Promise<void> {
    await this.refresh();
    for (const queue of QUEUES) await this.roomIn(queue);
  }

  /** Of a process that calls agencies: with what it saw itself, and by what name it holds a share. */
  async refresh(
    holder: string | null = null,
    tallies: ReadonlyMap<QueueName, Tally> = new Map(),
  ): Promise<TrafficSeen> {
    const { breaker, share } = this.engine.times;
    const { windowMs } = breaker;
    const { seenMs, settleMs } = share;
    const now = this.clock.now();
    const seen = await this.traffic.report({ holder, tallies, now, windowMs, seenMs, settleMs });
    this.seenLast = seen;
    return seen;
  }

  of(queue: QueueName): AgencyGate {
    return this.seenLast.gates.get(queue) ?? OPEN_GATE;
  }

  /** Calls of all processes that ended lately, as of the last look. */
  seen(queue: QueueName): CallsSeen & TriesSeen {
    return this.seenLast.calls.get(queue) ?? QUIET;
  }

  /** Nothing keeps calls back: no pause, no closed hours, no maintenance, no open breaker. */
  isOpen(queue: QueueName): boolean {
    return this.of(queue).breaker.phase === 'closed' && this.isServing(queue);
  }

  /** The agency takes calls, as far as it said itself. */
  isServing(queue: QueueName): boolean {
    const { pausedUntil, maintenance } = this.of(queue);
    const now = this.clock.now();
    if (pausedUntil > now) return false;
    const contract = this.contractOf(queue);
    if (contract === null) return true;
    return servesAt(contract.hours, [...contract.maintenance, ...maintenance], now, this.callMs(queue)) === now;
  }

  contractOf(queue: QueueName): AgencyContract | null {
    return queue === 'platform' ? null : this.contracts[queue];
  }

  /** Longest a call to it lasts. */
  callMs(queue: QueueName): number {
    return Math.min(this.engine.times.callMs, this.contractOf(queue)?.callMs ?? Infinity);
  }

  /** What the processes divide among them now. */
  total(agency: AgencyCode): { slots: number; callsPerSecond: number } {
    const { slots, callsPerSecond, keptForFamilies } = this.contracts[agency];
    const limit = this.of(agency).limit?.limit ?? slots;
    return { slots: Math.max(1, Math.min(slots, Math.floor(limit))), callsPerSecond: callsPerSecond - keptForFamilies };
  }

  /**
   * How many hints a queue still takes, null while it cannot say. The mark is four rounds of every slot, or what goes in
   * half a visibility; a queue seen above it takes no fast offers: the feeder pages the backlog in.
   */
  async roomIn(queue: QueueName): Promise<number | null> {
    const depth = await this.queue.depth(queue);
    if (depth === null) return null;
    const room = this.mark(queue) - depth;
    if (room <= 0) this.full.add(queue);
    else this.full.delete(queue);
    return room;
  }

  private mark(queue: QueueName): number {
    const own = this.engine.ENGINE_SLOTS * Math.max(1, this.seenLast.holders);
    if (queue === 'platform') return 4 * own;
    const { slots, callsPerSecond } = this.total(queue);
    return highWaterMark(Math.min(slots, own), callsPerSecond, this.engine.times.visibilityMs);
  }

  isOfferable(queue: string): boolean {
    return this.isOpen(queue as QueueName) && !this.full.has(queue as QueueName);
  }

  /** Retry-After pauses the whole agency, for every process. */
  async pause(queue: QueueName, forMs: number): Promise<void> {
    const pausedUntil = this.clock.now() + forMs;
    await this.store.pause(queue, pausedUntil);
    this.know(queue, { pausedUntil });
  }

  /** The agency answered somebody; written at most once a second. */
  async answered(queue: QueueName): Promise<void> {
    const now = this.clock.now();
    if (now - (this.noted.get(queue) ?? 0) < ANSWER_NOTE_MS) return;
    this.noted.set(queue, now);
    await this.store.answered(queue, now);
    this.know(queue, { lastAnsweredAt: now });
  }

  /** Compare and set: false where another process changed it first. */
  async change(queue: QueueName, to: GateChange): Promise<boolean> {
    const { version, breaker } = this.of(queue);
    const isChanged = await this.traffic.change(queue, version, to);
    if (!isChanged) return false;
    if (to.breaker.phase !== breaker.phase) this.logger.warn(`breaker of ${queue}: ${to.breaker.phase}`);
    this.know(queue, { ...to, version: version + 1 });
    return true;
  }

  private know(queue: QueueName, news: Partial<AgencyGate>): void {
    const gates = new Map(this.seenLast.gates).set(queue, { ...this.of(queue), ...news });
    this.seenLast = { ...this.seenLast, gates };
  }
}
