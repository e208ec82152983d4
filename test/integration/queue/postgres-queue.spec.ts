import type { HintQueue } from '@birth/application';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Client } from 'pg';
import { startPostgres, type RunningPostgres } from '../../../apps/standalone/src/embedded';
import { behavesAsHintQueue } from './hint-queue-behaviour';
import { aHint, collect, openQueue, type OpenQueue, until, untilDelivered } from './queue-contract';

jest.setTimeout(90_000);

/** A way to the database that can be told to hang up on everybody; tells how often it was called since. */
async function hangingUp(databaseUrl: string) {
  const open = new Set<Socket>();
  let callers: number | null = null;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (callers !== null) return void (callers++, socket.destroy());
    const upstream = connect(Number(new URL(databaseUrl).port), '127.0.0.1');
    upstream.on('error', () => undefined).on('close', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
    socket.pipe(upstream).pipe(socket);
    open.add(socket);
  }).unref();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const hangUp = () => {
    callers = 0;
    open.forEach((socket) => socket.destroy());
    return () => callers ?? 0;
  };
  return { port: (server.address() as AddressInfo).port, hangUp };
}

describe('hints over PostgreSQL', () => {
  let postgres: RunningPostgres;
  const opened: OpenQueue[] = [];
  const open = async () => {
    const queue = await openQueue(postgres.url);
    opened.push(queue);
    return queue;
  };

  beforeAll(async () => {
    postgres = await startPostgres();
  });

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((queue) => queue.close()));
  });

  afterAll(async () => {
    await postgres.stop();
  });

  const ask = async (sql: string) => {
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };

  describe('as any storage', () => {
    let queue: HintQueue;
    beforeEach(async () => {
      ({ queue } = await open());
    });
    behavesAsHintQueue(() => queue);
  });

  it('keeps nothing of a hint that was taken, and few events', async () => {
    const { queue } = await open();
    const taken = await collect(queue, 'human-resources');
    const hints = Array.from({ length: 500 }, () => aHint('human-resources'));
    queue.offer(hints);
    await until(() => hints.every((hint) => taken.some((one) => one.offer === hint.offer)), 30_000);
    await until(async () => (await ask('select 1 from bullmq.job')).length === 0);
    const [events] = await ask('select count(*)::int as n from bullmq.event');
    expect(events?.['n']).toBeLessThan(500);
  });

  it('writes step id, kind and wake-up number into a job and nothing else', async () => {
    const { queue } = await open();
    const hint = aHint('disease-control', { kind: 'POLL' });
    queue.offer([hint]);
    await until(async () => (await queue.depth('disease-control')) === 1);
    const [job] = await ask(`select data from bullmq.job where id = 'w_${hint.offer}'`);
    expect(job?.['data']).toEqual({ stepId: hint.stepId, kind: 'POLL', offer: hint.offer });
    await collect(queue, 'disease-control');
    await until(async () => (await queue.depth('disease-control')) === 0);
  });

  it('uses one pool whose commits may be lost', async () => {
    const { queue } = await open();
    await collect(queue, 'platform');
    queue.offer([aHint('platform')]);
    const connections = await ask(
      `select count(*)::int as n from pg_stat_activity where application_name = 'birth-queue'`,
    );
    expect(connections[0]?.['n']).toBeGreaterThan(0);
    expect(connections[0]?.['n']).toBeLessThanOrEqual(8);
  });

  it('several processes may start at once on an empty database', async () => {
    await ask('drop schema if exists bullmq cascade');
    await Promise.all([open(), open(), open()]);
    const queue = opened[0]?.queue as HintQueue;
    const taken = await collect(queue, 'platform');
    await untilDelivered(queue, taken, 'platform');
    expect(taken.length).toBeGreaterThan(0);
  });

  it('delivers again after PostgreSQL was killed, to the workers that were there before', async () => {
    const { queue } = await open();
    const taken = await collect(queue, 'medical-insurance');
    await untilDelivered(queue, taken, 'medical-insurance');
    await postgres.kill();
    queue.offer([aHint('medical-insurance')]);
    await postgres.restart();
    await untilDelivered(queue, taken, 'medical-insurance');
  });

  it('delivers once PostgreSQL has come, to workers that were there before it', async () => {
    const { queue } = await open();
    await postgres.kill();
    const taken = await collect(queue, 'human-resources');
    await postgres.restart();
    await untilDelivered(queue, taken, 'human-resources');
  });

  it('asks a storage that hangs up on it with pauses, and still closes', async () => {
    const { port, hangUp } = await hangingUp(postgres.url);
    const url = new URL(postgres.url);
    url.port = String(port);
    const queue = await openQueue(url.href);
    const taken = await collect(queue.queue, 'public-security');
    await untilDelivered(queue.queue, taken, 'public-security');
    const calls = hangUp();
    await collect(queue.queue, 'medical-insurance');
    await until(() => calls() > 3);
    expect(calls()).toBeLessThan(100);
    await queue.close();
  });

  it('closes while PostgreSQL is away', async () => {
    const queue = await openQueue(postgres.url);
    await collect(queue.queue, 'medical-insurance');
    await postgres.kill();
    const closingAt = performance.now();
    await queue.close();
    expect(performance.now() - closingAt).toBeLessThan(10_000);
    await postgres.restart();
  });
});
