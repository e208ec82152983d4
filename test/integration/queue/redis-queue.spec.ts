import type { HintQueue } from '@birth/application';
import { Redis } from 'ioredis';
import { freePort, startRedis, type RunningRedis } from '../../../apps/standalone/src/embedded';
import { itWithRedisServer } from '../../support/redis';
import { behavesAsHintQueue } from './hint-queue-behaviour';
import { aHint, collect, openQueue, type OpenQueue, until, untilDelivered } from './queue-contract';

jest.setTimeout(60_000);

describe('hints over Redis', () => {
  let redis: RunningRedis;
  const opened: OpenQueue[] = [];
  const open = async (url = redis.url) => {
    const queue = await openQueue(url);
    opened.push(queue);
    return queue;
  };

  beforeEach(async () => {
    redis = await startRedis();
  });

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((queue) => queue.close()));
    await redis.stop();
  });

  const keysOfJobs = async () => {
    const client = new Redis(redis.url);
    try {
      return (await client.keys('bull:*')).filter((key) => /:w_\d+$/.test(key));
    } finally {
      client.disconnect();
    }
  };

  describe('as any storage', () => {
    let queue: HintQueue;
    beforeEach(async () => {
      ({ queue } = await open());
    });
    behavesAsHintQueue(() => queue);
  });

  it('keeps nothing of a hint that was taken', async () => {
    const { queue } = await open();
    const taken = await collect(queue, 'public-security');
    await untilDelivered(queue, taken, 'public-security');
    await until(async () => (await keysOfJobs()).length === 0);
  });

  it('writes step id, kind and wake-up number into a job and nothing else', async () => {
    const { queue } = await open();
    await until(async () => (await queue.depth('disease-control')) !== null);
    const hint = aHint('disease-control', { kind: 'POLL' });
    queue.offer([hint]);
    await until(async () => (await keysOfJobs()).length === 1);
    const client = new Redis(redis.url);
    const job = await client.hgetall(`bull:disease-control:w_${hint.offer}`);
    client.disconnect();
    expect(JSON.parse(job['data'] ?? '')).toEqual({ stepId: hint.stepId, kind: 'POLL', offer: hint.offer });
  });

  it('boots, takes offers without waiting, and closes while Redis is absent', async () => {
    const queue = await openQueue(`redis://127.0.0.1:${await freePort()}`);
    const startedAt = performance.now();
    for (let i = 0; i < 1_000; i++) queue.queue.offer([aHint()]);
    expect(performance.now() - startedAt).toBeLessThan(200);
    expect(await queue.queue.depth('public-security')).toBeNull();
    expect(await queue.queue.epoch()).toBeNull();
    await queue.queue.onHint('public-security', 2, () => Promise.resolve());
    const closingAt = performance.now();
    await queue.close();
    expect(performance.now() - closingAt).toBeLessThan(5_000);
  });

  itWithRedisServer('works by itself once Redis has come, for workers that were there before it', async () => {
    await redis.stop();
    const { queue } = await open();
    const taken = await collect(queue, 'medical-insurance');
    await redis.restart();
    await untilDelivered(queue, taken, 'medical-insurance');
    expect(taken.length).toBeGreaterThan(0);
  });

  itWithRedisServer('delivers again after Redis was killed, and tells the new storage from the old', async () => {
    const { queue } = await open();
    const taken = await collect(queue, 'human-resources');
    await untilDelivered(queue, taken, 'human-resources');
    const before = await queue.epoch();
    await redis.kill();
    await until(async () => (await queue.epoch()) === null);
    queue.offer([aHint('human-resources')]);
    await redis.restart();
    await untilDelivered(queue, taken, 'human-resources');
    expect(before).toMatch(/^\w{40}/);
    expect(await queue.epoch()).not.toBe(before);
  });

  it('delivers new offers after FLUSHALL, also the number that was lost, and another epoch is seen', async () => {
    const { queue } = await open();
    await until(async () => (await queue.depth('disease-control')) !== null);
    const before = await queue.epoch();
    const lost = aHint('disease-control');
    queue.offer([lost]);
    await until(async () => (await queue.depth('disease-control')) === 1);
    await redis.flushall();
    expect(await queue.depth('disease-control')).toBe(0);
    const taken = await collect(queue, 'disease-control');
    await untilDelivered(queue, taken, 'disease-control');
    queue.offer([lost]);
    await until(() => taken.some((hint) => hint.offer === lost.offer));
    expect(await queue.epoch()).not.toBe(before);
  });

  it('closes within a limit while a hint hangs', async () => {
    const queue = await openQueue(redis.url);
    let hasStarted = false;
    let release: () => void = () => undefined;
    await queue.queue.onHint('platform', 1, () => {
      hasStarted = true;
      return new Promise<void>((resolve) => (release = resolve));
    });
    await until(async () => (await queue.queue.depth('platform')) !== null);
    queue.queue.offer([aHint('platform')]);
    await until(() => hasStarted);
    const closingAt = performance.now();
    await queue.close();
    expect(performance.now() - closingAt).toBeLessThan(25_000);
    release();
  });
});
