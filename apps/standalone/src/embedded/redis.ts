import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { Redis } from 'ioredis';
import { freePort } from './ports';
import { until } from './until';

const START_MS = 10_000;
export const HOW_TO_GET_REDIS =
  'redis-server is not in the PATH: install it (Debian: apt-get install -y redis-server) or set REDIS_URL';

export interface RunningRedis {
  url: string;
  stop(): Promise<void>;
  /** SIGKILL; everything in it is lost, as nothing is written to disk. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  flushall(): Promise<void>;
}

export const hasRedisServer = (): boolean => spawnSync('redis-server', ['--version']).status === 0;

/** An own redis-server on a free port; only hints live there. */
export async function startRedis(): Promise<RunningRedis> {
  if (!hasRedisServer()) throw new Error(HOW_TO_GET_REDIS);
  const server = new RedisServer(await freePort());
  await server.restart();
  return server;
}

class RedisServer implements RunningRedis {
  private child: ChildProcess | null = null;

  constructor(private readonly port: number) {}

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async restart(): Promise<void> {
    const flags = [
      '--port',
      String(this.port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      '/tmp',
    ];
    this.child = spawn('redis-server', flags, { stdio: 'ignore', detached: true });
    await until(() => this.ask((client) => client.ping()), START_MS, 'redis-server to start');
  }

  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  async flushall(): Promise<void> {
    await this.ask((client) => client.flushall());
  }

  private async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const { child } = this;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
    this.child = null;
  }

  private async ask<T>(question: (client: Redis) => Promise<T>): Promise<T | null> {
    const client = new Redis(this.url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await question(client);
    } catch {
      return null;
    } finally {
      client.disconnect();
    }
  }
}
