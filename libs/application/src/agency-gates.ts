import { QUEUES, type QueueName } from '@birth/domain';
import { type Clock, CLOCK, EngineConfig } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { HINT_QUEUE, type HintQueue } from './ports/hint-queue';
import { type AgencyGate, WORK_STORE, type WorkStore } from './ports/work-store';

const OPEN: AgencyGate = { pausedUntil: 0, lastAnsweredAt: 0 };
const ANSWER_NOTE_MS = 1_000;

/** What this process knows of the agencies' gates; the rows of agency_state are the truth and are read by refresh(). */
@Injectable()
export class AgencyGates {
  private gates: ReadonlyMap<QueueName, AgencyGate> = new Map();
  private readonly full = new Set<QueueName>();
  private readonly noted = new Map<QueueName, number>();

  constructor(
    @Inject(WORK_STORE) private readonly store: WorkStore,
    @Inject(HINT_QUEUE) private readonly queue: HintQueue,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly engine: EngineConfig,
  ) {}

  /** Looks at every gate and every queue's depth: what a process needs that only offers. */
  async look(): Promise<void> {
    await this.refresh();
    for (const queue of QUEUES) await this.roomIn(queue);
  }

  async refresh(): Promise<void> {
    this.gates = await this.store.gates();
  }

  of(queue: QueueName): AgencyGate {
    return this.gates.get(queue) ?? OPEN;
  }

  isOpen(queue: QueueName): boolean {
    return this.of(queue).pausedUntil <= this.clock.now();
  }

  /**
   * How many hints a queue still takes, null while it cannot say. The mark is four rounds of every slot, so that no hint
   * waits longer than a visibility; a queue seen above it takes no fast offers: the feeder pages the backlog in.
   */
  async roomIn(queue: QueueName): Promise<number | null> {
    const depth = await this.queue.depth(queue);
    if (depth === null) return null;
    const room = 4 * this.engine.ENGINE_SLOTS - depth;
    if (room <= 0) this.full.add(queue);
    else this.full.delete(queue);
    return room;
  }

  isOfferable(queue: string): boolean {
    return this.isOpen(queue as QueueName) && !this.full.has(queue as QueueName);
  }

  /** Retry-After pauses the whole agency, for every process. */
  async pause(queue: QueueName, forMs: number): Promise<void> {
    const pausedUntil = this.clock.now() + forMs;
    await this.store.pause(queue, pausedUntil);
    this.gates = new Map(this.gates).set(queue, { ...this.of(queue), pausedUntil });
  }

  /** The agency answered somebody; written at most once a second. */
  async answered(queue: QueueName): Promise<void> {
    const now = this.clock.now();
    if (now - (this.noted.get(queue) ?? 0) < ANSWER_NOTE_MS) return;
    this.noted.set(queue, now);
    await this.store.answered(queue, now);
    this.gates = new Map(this.gates).set(queue, { ...this.of(queue), lastAnsweredAt: now });
  }
}
