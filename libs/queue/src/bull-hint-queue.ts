import type { Hint, HintQueue } from '@birth/application';
import { QUEUES, type QueueName, type WorkKind } from '@birth/domain';
import { Injectable } from '@nestjs/common';
import { type Job, type Queue, Worker, type WorkerOptions } from 'bullmq';
import { setTimeout as delay } from 'node:timers/promises';
import type { QueueBackend } from './queue-backend';

/** Longest time that one bulk keeps the next one of its queue waiting. */
const OFFER_MS = 200;
/** Hints kept while a bulk is under way; more are left to the feeder. */
const BUFFER = 2_000;
const LOCK_MS = 60_000;

interface HintData {
  stepId: string;
  kind: WorkKind;
  offer: string;
}

interface Lane {
  waiting: Hint[];
  isBusy: boolean;
}

/** Hints over BullMQ: one attempt, nothing retained, no delays, no events. What gets lost comes again from the feeder. */
@Injectable()
export class BullHintQueue implements HintQueue {
  private readonly lanes = new Map<QueueName, Lane>(QUEUES.map((name) => [name, { waiting: [], isBusy: false }]));
  private readonly workers: Worker[] = [];
  private isClosed = false;

  constructor(
    private readonly queues: ReadonlyMap<QueueName, Queue>,
    private readonly backend: QueueBackend,
  ) {}

  offer(hints: readonly Hint[]): void {
    if (this.isClosed || !this.backend.isReady()) return;
    for (const hint of hints) {
      const lane = this.lane(hint.queue);
      if (lane.waiting.length < BUFFER) lane.waiting.push(hint);
    }
    for (const queue of new Set(hints.map((hint) => hint.queue))) void this.flush(queue);
  }

  /** Bulks of one queue follow each other; what arrives meanwhile goes with the next. */
  private async flush(queue: QueueName): Promise<void> {
    const lane = this.lane(queue);
    if (lane.isBusy) return;
    lane.isBusy = true;
    while (lane.waiting.length > 0 && this.backend.isReady() && !this.isClosed) {
      await this.sendBulk(queue, lane.waiting.splice(0));
    }
    lane.waiting.length = 0;
    lane.isBusy = false;
  }

  private async sendBulk(queue: QueueName, hints: readonly Hint[]): Promise<void> {
    const sent = this.queue(queue)
      .addBulk(hints.map(jobOf))
      .catch(() => undefined);
    const timeout = new AbortController();
    await Promise.race([sent, delay(OFFER_MS, undefined, { signal: timeout.signal, ref: false }).catch(() => undefined)]);
    timeout.abort();
  }

  onHint(queue: QueueName, slots: number, handler: (hint: Hint) => Promise<void>): Promise<void> {
    const options = {
      ...this.backend.options,
      concurrency: slots,
      lockDuration: LOCK_MS,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    } as WorkerOptions;
    const worker = new Worker<HintData>(
      queue,
      async (job: Job<HintData>) => handler({ ...job.data, queue, priority: 0 }),
      options,
    );
    worker.on('error', () => undefined);
    this.workers.push(worker as Worker);
    return Promise.resolve();
  }

  async depth(queue: QueueName): Promise<number | null> {
    if (!this.backend.isReady()) return null;
    return this.queue(queue)
      .getJobCountByTypes('waiting', 'active')
      .catch(() => null);
  }

  epoch(): Promise<string | null> {
    return this.backend.epoch().catch(() => null);
  }

  /** Running hints get a moment to end; nothing is lost when they do not. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    const isReady = this.backend.isReady();
    await Promise.all(this.workers.map((worker) => worker.close(!isReady).catch(() => undefined)));
    if (isReady) await Promise.all([...this.queues.values()].map((queue) => queue.close().catch(() => undefined)));
    await this.backend.close();
  }

  private queue(name: QueueName): Queue {
    const queue = this.queues.get(name);
    if (queue === undefined) throw new Error(`no queue ${name}`);
    return queue;
  }

  private lane(name: QueueName): Lane {
    const lane = this.lanes.get(name);
    if (lane === undefined) throw new Error(`no queue ${name}`);
    return lane;
  }
}

/** The id is the wake-up number: a job that is still active swallows its own repetition, never another wake-up. */
const jobOf = ({ stepId, kind, offer }: Hint) => ({
  name: 'hint',
  data: { stepId, kind, offer } satisfies HintData,
  opts: { jobId: `w_${offer}`, attempts: 1, removeOnComplete: true, removeOnFail: true },
});
