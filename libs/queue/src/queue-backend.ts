import { Logger } from '@nestjs/common';
import {
  type BackendFactory,
  createPostgresBackend,
  createRedisBackend,
  type QueueOptions,
  runMigrations,
  setDefaultBackendFactory,
} from 'bullmq';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import type { QueueConfig } from './queue.config';

const RECONNECT_CAP_MS = 1_000;

/** The storage behind the queues of this process. */
export interface QueueBackend {
  /** What Queue and Worker take as options. */
  options: QueueOptions;
  /** False: an offer would hang or fail now. */
  isReady(): boolean;
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
    retryStrategy: (times) => Math.min(RECONNECT_CAP_MS, 50 * times),
  });
  connection.on('error', complainOnce('Redis'));
  return {
    options: { connection } as unknown as QueueOptions,
    isReady: () => connection.status === 'ready',
    epoch: async () => {
      if (connection.status !== 'ready') return null;
      const info = await connection.info('server');
      return /run_id:(\w+)/.exec(info)?.[1] ?? null;
    },
    close: () => {
      connection.disconnect();
      return Promise.resolve();
    },
  };
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
    application_name: 'birth-queue',
    options: '-c search_path=bullmq -c synchronous_commit=off',
  });
  pool.on('error', complainOnce('the queue database'));
  await migrate(pool);
  return {
    options: { connection: pool } as unknown as QueueOptions,
    isReady: () => true,
    epoch: () => Promise.resolve('postgres'),
    close: () => pool.end(),
  };
}

async function migrate(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await runMigrations(client);
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
