import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { attachRedis } from './attached-redis';
import { endChild, isAlive } from './end-child';
import { guard } from './guard';
import { freePort } from './ports';
import { askRedis } from './redis-question';
import { until } from './until';

const START_MS = 10_000;
const STOP_MS = 5_000;
export const HOW_TO_GET_REDIS =
  'redis-server is not in the PATH: install it (Debian: apt-get install -y redis-server) or set REDIS_URL';

export interface RunningRedis {
  url: string;
  /** False where REDIS_URL names somebody's server: it can be emptied, but neither killed nor restarted. */
  isOurs: boolean;
  stop(): Promise<void>;
  /** SIGKILL; everything in it is lost, as nothing is written to disk. */
  kill(): Promise<void>;
  /** The same port again; nothing where it runs already. */
  restart(): Promise<void>;
  /** Empties what is ours. */
  flushall(): Promise<void>;
  /** Called whenever it ends without having been stopped. */
  onCrash(listener: () => void): void;
}

export const hasRedisServer = (): boolean =>
  spawnSync('redis-server', ['--version'], { env: process.env }).status === 0;

/** An own redis-server on a free port; without the binary an empty database of the server at REDIS_URL. Only hints live there. */
export async function startRedis(): Promise<RunningRedis> {
  const url = process.env['REDIS_URL'] ?? '';
  if (!hasRedisServer() && url === '') throw new Error(HOW_TO_GET_REDIS);
  if (!hasRedisServer()) return attachRedis(url);
  const server = new RedisServer(await freePort());
  await server.restart();
  return server;
}

class RedisServer implements RunningRedis {
  readonly isOurs = true;
  private child: ChildProcess | null = null;
  private starting: Promise<void> | null = null;
  private isStopping = false;
  private crashed: () => void = () => undefined;

  constructor(private readonly port: number) {}

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  onCrash(listener: () => void): void {
    this.crashed = listener;
  }

  restart(): Promise<void> {
    if (this.child !== null && isAlive(this.child)) return this.starting ?? Promise.resolve();
    this.isStopping = false;
    this.starting = this.launch();
    return this.starting;
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    if (this.child !== null) await endChild(this.child, ['SIGTERM', 'SIGKILL'], STOP_MS);
  }

  async kill(): Promise<void> {
    if (this.child !== null) await endChild(this.child, ['SIGKILL'], STOP_MS);
  }

  async flushall(): Promise<void> {
    await askRedis(this.url, (client) => client.flushall());
  }

  private async launch(): Promise<void> {
    const nothingKept = ['--save', '', '--appendonly', 'no', '--dir', '/tmp'];
    // its title would overwrite the command line and environment by which a run knows its own processes
    const readable = ['--set-proc-title', 'no'];
    const args = ['--port', String(this.port), '--bind', '127.0.0.1', ...nothingKept, ...readable];
    const child = spawn('redis-server', args, {
      stdio: 'ignore',
      // its own group: Ctrl-C in the terminal reaches the driver alone
      detached: true,
    });
    this.child = child;
    const callOff = guard({ pid: child.pid, signal: 'TERM' });
    child.once('exit', () => {
      callOff();
      if (!this.isStopping) this.crashed();
    });
    try {
      await until(() => this.isReady(child), START_MS, 'redis-server to start');
    } catch (error) {
      await endChild(child, ['SIGKILL'], STOP_MS);
      throw error;
    }
  }

  private async isReady(child: ChildProcess): Promise<boolean> {
    if (!isAlive(child)) throw new Error(`redis-server ended with ${child.signalCode ?? child.exitCode}`);
    return (await askRedis(this.url, (client) => client.ping())) !== null;
  }
}
