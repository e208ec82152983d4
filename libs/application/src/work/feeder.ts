import { QUEUES, type QueueName, releasePlan, retryAllowance } from '@birth/domain';
import { type Clock, CLOCK, EngineConfig } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AgencyGates } from '../agency-gates';
import { HINT_QUEUE, type HintQueue } from '../ports/hint-queue';
import { WORK_STORE, type WorkStore } from '../ports/work-store';

/** Most rows that one round pages out of one queue's backlog. */
const PAGE = 500;

/** Alone reads what is due: pages lost, put off and waiting work into the queues up to the high-water mark. */
@Injectable()
export class Feeder {
  private epoch: string | null = null;

  constructor(
    @Inject(WORK_STORE) private readonly store: WorkStore,
    @Inject(HINT_QUEUE) private readonly queue: HintQueue,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly engine: EngineConfig,
    private readonly gates: AgencyGates,
  ) {}

  /** One round over all queues, after a look at the gates; the worker calls it every feederMs. */
  async round(): Promise<void> {
    await this.hurryAfterLoss();
    for (const queue of QUEUES) await this.feed(queue);
  }

  private async feed(queue: QueueName): Promise<void> {
    const room = await this.gates.roomIn(queue);
    if (room === null || room <= 0 || !this.gates.isOpen(queue)) return;
    const { visibilityMs } = this.engine.times;
    const plan = { ...releasePlan(Math.min(room, PAGE)), retries: retryAllowance(this.gates.seen(queue)) };
    const hints = await this.store.feed(queue, plan, { now: this.clock.now(), visibilityMs });
    if (hints.length > 0) this.queue.offer(hints);
  }

  /** Storage of another epoch has lost every hint: what was offered is due again now, not after a visibility. */
  private async hurryAfterLoss(): Promise<void> {
    const epoch = await this.queue.epoch();
    if (epoch === null || epoch === this.epoch) return;
    const hasLost = this.epoch !== null;
    this.epoch = epoch;
    if (!hasLost) return;
    for (const queue of QUEUES) await this.store.hurry(queue, this.clock.now());
  }
}
