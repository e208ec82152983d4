import type { Hint, HintQueue } from '@birth/application';
import { QUEUES, type QueueName, type WorkKind } from '@birth/domain';
import { Injectable } from '@nestjs/common';
import { type Job, type Queue, Worker, type WorkerOptions } from 'bullmq';
import { setTimeout as delay } from 'node:timers/promises';
import type { QueueBackend } from './queue-backend';

/** Hints kept while a bulk is under way; more are left to the feeder. */
const BUFFER = 2_000;
/** Pause of a worker after its storage failed; BullMQ's own 15 s would be felt by families. */
const RETRY_MS = 500;
/** Longest wait for the storage's word about itself. */
const ASK_MS = 500;
/** What a running hint gets to end in when the process closes; its lease ends by itself. */
const CLOSE_MS = 10_000;

interface HintData {
  stepId: string;
  kind: WorkKind;
  offer: string;
}

/** The way of hints into one queue: at most one bulk under way, what arrives meanwhile goes with the next. */
interface Lane {
  waiting: Hint[];
  isBusy: boolean;
  /** The bulk under way has taken too long: until it settles nothing waits behind it. */
  isStalled: boolean;
}

const emptyLane = (): Lane => ({ waiting: [], isBusy: false, isStalled: false });

/** Hints over BullMQ: one attempt, nothing retained, no delays, no events. What gets lost comes again from the feeder. */
@Injectable()
export class BullHintQueue implements HintQueue {
  private readonly lanes = new Map<QueueName, Lane>(QUEUES.map((name) => [name, emptyLane()]));
  private readonly workers = new Set<Worker<HintData>>();
  private readonly slots = new Map<QueueName, number>();
  private isClosed = false;

  constructor(
    private readonly queues: ReadonlyMap<QueueName, Queue>,
    private readonly backend: QueueBackend,
  ) {}

  offer(hints: readonly Hint[]): void {
    if (this.isClosed || !this.backend.isReady()) return;
    for (const hint of hints) {
      const lane = this.lane(hint.queue);
      if (!lane.isStalled && lane.waiting.length < BUFFER) lane.waiting.push(hint);
    }
    for (const queue of new Set(hints.map((hint) => hint.queue))) void this.flush(queue);
  }

  private async flush(queue: QueueName): Promise<void> {
    const lane = this.lane(queue);
    if (lane.isBusy) return;
    lane.isBusy = true;
    while (lane.waiting.length > 0 && this.backend.isReady() && !this.isClosed) {
      await this.sendBulk(queue, lane);
    }
    lane.waiting.length = 0;
    lane.isBusy = false;
  }

  /** A command whose connection broke settles only after the reconnection: the lane stays shut until then. */
  private async sendBulk(queue: QueueName, lane: Lane): Promise<void> {
    const hints = lane.waiting.splice(0);
    const patience = setTimeout(() => {
      lane.isStalled = true;
      lane.waiting.length = 0;
    }, this.backend.offerMs).unref();
    await this.queue(queue)
      .addBulk(hints.map(jobOf))
      .catch(() => undefined);
    clearTimeout(patience);
    lane.isStalled = false;
  }

  onHint(queue: QueueName, slots: number, handler: (hint: Hint) => Promise<void>): Promise<void> {
    this.slots.set(queue, slots);
    void this.listen(queue, async ({ data }) => handler({ ...data, queue, priority: 0 }));
    return Promise.resolve();
  }

  setSlots(queue: QueueName, slots: number): void {
    if (this.slots.get(queue) === slots || !this.slots.has(queue)) return;
    this.slots.set(queue, slots);
    for (const worker of this.workers) if (worker.name === queue) this.atWork(worker, slots);
  }

  /** BullMQ knows no worker of no slot: it is paused. */
  private atWork(worker: Worker<HintData>, slots: number): void {
    if (slots === 0) return void worker.pause(true).catch(() => undefined);
    worker.concurrency = slots;
    if (worker.isPaused()) worker.resume().catch(() => undefined);
  }

  /**
   * BullMQ remembers for ever that a worker's storage was away when the worker was born, and asks again without a pause:
   * only a worker whose storage has answered is set to work.
   */
  private async listen(queue: QueueName, take: (job: Job<HintData>) => Promise<void>): Promise<void> {
    while (!this.isClosed) {
      const worker = this.newWorker(queue, take);
      this.workers.add(worker);
      const isReady = await worker.waitUntilReady().then(
        () => true,
        () => false,
      );
      if (this.isClosed) return;
      if (isReady) return this.run(worker, queue);
      this.workers.delete(worker);
      await Promise.all([orNull(worker.close(true)), delay(RETRY_MS)]);
    }
  }

  private run(worker: Worker<HintData>, queue: QueueName): void {
    worker.run().catch(() => undefined);
    this.atWork(worker, this.slots.get(queue) ?? 1);
  }

  private newWorker(queue: QueueName, take: (job: Job<HintData>) => Promise<void>): Worker<HintData> {
    const options = {
      ...this.backend.options,
      autorun: false,
      concurrency: Math.max(1, this.slots.get(queue) ?? 1),
      lockDuration: this.backend.lockMs,
      stalledInterval: this.backend.lockMs / 2,
      runRetryDelay: RETRY_MS,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    } as WorkerOptions;
    const worker = new Worker<HintData>(queue, take, options);
    worker.on('error', () => undefined);
    return worker;
  }

  async depth(queue: QueueName): Promise<number | null> {
    if (this.isClosed || !this.backend.isReady()) return null;
    return orNull(this.queue(queue).getJobCountByTypes('waiting', 'active'));
  }

  epoch(): Promise<string | null> {
    return orNull(this.backend.epoch());
  }

  /** Running hints get a moment to end; nothing is lost when they do not. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    const isReady = this.backend.isReady();
    await orNull(Promise.all([...this.workers].map((worker) => worker.close(!isReady))), CLOSE_MS);
    if (isReady) await orNull(Promise.all([...this.queues.values()].map((queue) => queue.close())), CLOSE_MS);
    await orNull(this.backend.close(), ASK_MS);
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

/** What the storage does not do in time is answered by null: a command may hang until the reconnection. */
async function orNull<T>(asked: Promise<T>, limitMs = ASK_MS): Promise<T | null> {
  const timeout = new AbortController();
  const late = delay(limitMs, null, { signal: timeout.signal }).catch(() => null);
  const answer = await Promise.race([asked.catch(() => null), late]);
  timeout.abort();
  return answer;
}

/** The id is the wake-up number: a job that is still active swallows its own repetition, never another wake-up. */
const jobOf = ({ stepId, kind, offer }: Hint) => ({
  name: 'hint',
  data: { stepId, kind, offer } satisfies HintData,
  opts: { jobId: `w_${offer}`, attempts: 1, removeOnComplete: true, removeOnFail: true },
});
