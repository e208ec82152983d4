import { Logger } from '@nestjs/common';
import {
  type BackendFactory,
  createPostgresBackend,
  createRedisBackend,
  type Queue,
  type QueueOptions,
  runMigrations,
  setDefaultBackendFactory,
} from 'bullmq';
import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import type { QueueConfig } from './queue.config';

const RECONNECT_CAP_MS = 1_000;
const EPOCH_KEY = 'birth:epoch';

/** The storage behind the queues of this process. */
export interface QueueBackend {
  /** What Queue and Worker take as options. */
  options: QueueOptions;
  /** Longest time, milliseconds, that hints wait behind a bulk under way before they are dropped. */
  offerMs: number;
  /** Lock of a running hint, milliseconds. */
  lockMs: number;
  /** False: an offer would hang or fail now. */
  isReady(): boolean;
  /** Rejects when queues were born while their storage was away and can never be used: the process must start anew. */
  whenUsable(queues: readonly Queue[]): Promise<void>;
  /** Identity of the storage; null when unknown. */
  epoch(): Promise<string | null>;
  close(): Promise<void>;
}

/**
 * @nestjs/bullmq 12 builds queues without naming a backend, so the process-wide default decides; it must be set before
 * the first queue is built.
 */
export function openBackend(config: QueueConfig): Promise<QueueBackend> {
  return config.isRedis ? Promise.resolve(openRedis(config)) : openPostgres(config);
}

function openRedis(config: QueueConfig): QueueBackend {
  setDefaultBackendFactory(createRedisBackend as unknown as BackendFactory);
  const connection = new Redis(config.QUEUE_URL, {
    maxRetriesPerRequest: null,
    connectTimeout: 2_000,
    keepAlive: 10_000,
    retryStrategy: (times) => Math.min(RECONNECT_CAP_MS, 50 * times),
  });
  connection.on('error', complainOnce('Redis'));
  return {
    options: { connection },
    offerMs: 200,
    lockMs: config.QUEUE_LOCK_MS,
    isReady: () => connection.status === 'ready',
    whenUsable: () => Promise.resolve(),
    epoch: () => redisEpoch(connection),
    close: () => {
      connection.disconnect();
      return Promise.resolve();
    },
  };
}

/** The server's run and a mark in its memory: a restart changes the one, an emptied memory the other. */
async function redisEpoch(connection: Redis): Promise<string | null> {
  if (connection.status !== 'ready') return null;
  const [, mark, info] = await Promise.all([
    connection.set(EPOCH_KEY, randomUUID(), 'NX'),
    connection.get(EPOCH_KEY),
    connection.info('server'),
  ]);
  const run = /run_id:(\w+)/.exec(info)?.[1];
  return run === undefined || mark === null ? null : `${run}:${mark}`;
}

/**
 * One pool for all queues and workers of the process, hints not durable: the work table is the truth
 * (97 against 44 applications/s with a pool per queue and durable commits).
 */
async function openPostgres(config: QueueConfig): Promise<QueueBackend> {
  setDefaultBackendFactory(createPostgresBackend as unknown as BackendFactory);
  const pool = new Pool({
    connectionString: config.QUEUE_URL,
    max: config.QUEUE_POOL_MAX,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    application_name: 'birth-queue',
    options: '-c search_path=bullmq -c synchronous_commit=off',
  });
  const complain = complainOnce('the queue database');
  pool.on('error', complain);
  // a connection that is lent out when the server dies has no listener of the pool's: it would end the process
  pool.on('connect', (client) => client.on('error', complain));
  await migrate(pool);
  pauseAfterFailures(pool);
  return {
    options: { connection: pool } as unknown as QueueOptions,
    offerMs: 2_000,
    lockMs: config.QUEUE_LOCK_MS,
    isReady: () => true,
    whenUsable: async (queues) => void (await Promise.all(queues.map((queue) => queue.waitUntilReady()))),
    epoch: () => Promise.resolve('postgres'),
    close: () => pool.end(),
  };
}

/** The SQLSTATE of BullMQ's own answers: a job that is gone, a lock that is another's. */
const BULLMQ_SAYS = 'BM001';

/**
 * BullMQ waits before it asks again only after a refused connection. Whatever else a storage says when it goes away,
 * starts up or has been closed would be asked again at once and without end, so it is told as a refused connection.
 */
function pauseAfterFailures(pool: Pool): void {
  const ask = pool.query.bind(pool) as (text: string, values?: unknown[]) => Promise<unknown>;
  const patient = async (text: string, values?: unknown[]): Promise<unknown> => {
    try {
      return await ask(text, values);
    } catch (error) {
      if ((error as { code?: string }).code === BULLMQ_SAYS) throw error;
      throw Object.assign(new Error('the queue database failed', { cause: error }), { code: 'ECONNREFUSED' });
    }
  };
  Object.assign(pool, { query: patient });
}

/** Hints may be lost, their tables may not: a process that runs would never build them again. */
async function migrate(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('SET synchronous_commit = on');
    await runMigrations(client);
    await client.query('RESET synchronous_commit');
  } finally {
    client.release();
  }
}

/** A storage that is away says so every second; once is enough until it is back. */
function complainOnce(name: string): () => void {
  const logger = new Logger('Queue');
  let quietUntil = 0;
  return () => {
    if (Date.now() < quietUntil) return;
    quietUntil = Date.now() + 60_000;
    logger.warn(`no connection to ${name}: hints wait, work does not get lost`);
  };
}
