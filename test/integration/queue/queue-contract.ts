import { type Hint, HINT_QUEUE, type HintQueue } from '@birth/application';
import type { QueueName } from '@birth/domain';
import { QueueModule } from '@birth/queue';
import { NestFactory } from '@nestjs/core';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

/** One process's view of the queue: the module as the apps compose it. */
export interface OpenQueue {
  queue: HintQueue;
  close(): Promise<void>;
}

/** Boots QueueModule on a storage, as the api and the worker do. */
export async function openQueue(url: string): Promise<OpenQueue> {
  Object.assign(process.env, { QUEUE_URL: url, QUEUE_LOCK_MS: '2000', QUEUE_POOL_MAX: '8' });
  const context = await NestFactory.createApplicationContext(QueueModule, { logger: false, abortOnError: false });
  return { queue: context.get<HintQueue>(HINT_QUEUE), close: () => context.close() };
}

let offers = 0;

/** A hint with a fresh wake-up number. */
export const aHint = (queue: QueueName = 'public-security', change: Partial<Hint> = {}): Hint => ({
  queue,
  stepId: randomUUID(),
  kind: 'CALL',
  offer: String(++offers + Date.now()),
  priority: 0,
  ...change,
});

/** Waits for a condition, up to a deadline. */
export async function until(condition: () => boolean | Promise<boolean>, deadlineMs = 15_000): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('not within the deadline');
    await delay(20);
  }
}

/** Collects what the workers of a queue are handed. */
export async function collect(queue: HintQueue, name: QueueName, slots = 4): Promise<Hint[]> {
  const taken: Hint[] = [];
  await queue.onHint(name, slots, (hint) => {
    taken.push(hint);
    return Promise.resolve();
  });
  return taken;
}

/** Offers fresh hints until one is handed over: what the feeder does after a loss. */
export async function untilDelivered(queue: HintQueue, taken: readonly Hint[], name: QueueName): Promise<void> {
  const before = taken.length;
  await until(async () => {
    queue.offer([aHint(name)]);
    await delay(50);
    return taken.length > before;
  }, 20_000);
}
