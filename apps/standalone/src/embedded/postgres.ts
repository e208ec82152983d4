import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { endChild, isAlive } from './end-child';
import { guard } from './guard';
import { canUse, type OsUser, serverUser } from './os-user';
import { findBinaries, type PostgresBinaries, reachableFolder } from './postgres-binaries';
import { freePort } from './ports';
import { until } from './until';

const START_MS = 30_000;
const STOP_MS = 20_000;
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=120',
  'shared_buffers=128MB',
  'max_wal_size=2GB',
];

export interface PostgresOptions {
  /** Kept between runs; without it a new cluster that is removed at the end. */
  dir?: string;
  /** name=value, as after -c. */
  settings?: readonly string[];
}

export interface RunningPostgres {
  /** postgres://… of the database `birth`. */
  url: string;
  /** Waits `patienceMs` (20 s) at each of three signals, the last of which nobody outlives. */
  stop(options?: { patienceMs?: number }): Promise<void>;
  /** SIGKILL, as a crash would. */
  kill(): Promise<void>;
  /** After kill(): the same cluster on the same port. */
  restart(): Promise<void>;
}

/** Starts PostgreSQL 18 out of node_modules: scram, a password of its own, fsync on; never as root. */
export async function startPostgres(options: PostgresOptions = {}): Promise<RunningPostgres> {
  const cluster = new Cluster(options);
  try {
    await cluster.start();
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return cluster;
}

class Cluster implements RunningPostgres {
  private readonly user: OsUser = serverUser();
  private readonly binaries: PostgresBinaries = findBinaries(this.user);
  private readonly base: string;
  private readonly data: string;
  private readonly password: string;
  private port = 0;
  private child: ChildProcess | null = null;

  constructor(private readonly options: PostgresOptions) {
    this.base = this.baseFolder();
    this.data = join(this.base, 'data');
    this.password = this.readPassword();
  }

  get url(): string {
    return `postgres://birth:${this.password}@127.0.0.1:${this.port}/postgres`;
  }

  async start(): Promise<void> {
    await this.stopLeftOver();
    this.init();
    this.port ||= await freePort();
    await this.launch();
  }

  async restart(): Promise<void> {
    await this.waitReaped();
    await this.launch();
  }

  async kill(): Promise<void> {
    await this.end(['SIGKILL']);
  }

  /** Fast; when that takes too long at once; at last as a crash would, which the next start repairs. */
  async stop({ patienceMs = STOP_MS } = {}): Promise<void> {
    await this.end(['SIGINT', 'SIGQUIT', 'SIGKILL'], patienceMs);
    if (this.options.dir === undefined) rmSync(this.base, { recursive: true, force: true });
  }

  private async end(signals: readonly NodeJS.Signals[], patienceMs = STOP_MS): Promise<void> {
    if (this.child !== null) await endChild(this.child, signals, patienceMs);
    this.child = null;
  }

  private baseFolder(): string {
    if (this.options.dir === undefined) return this.own(mkdtempSync(join('/var/tmp', 'birth-pg-')));
    const dir = resolve(this.options.dir);
    mkdirSync(dir, { recursive: true });
    const wanted = canUse(this.user, dir) ? dir : join(reachableFolder(dir), 'pg');
    mkdirSync(wanted, { recursive: true });
    return this.own(wanted);
  }

  private own(path: string): string {
    const { uid, gid } = this.user;
    if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
    return path;
  }

  private readPassword(): string {
    const file = join(this.base, 'password');
    if (existsSync(file)) return readFileSync(file, 'utf8').trim();
    const password = randomBytes(18).toString('base64url');
    writeFileSync(file, password, { mode: 0o600 });
    this.own(file);
    return password;
  }

  private init(): void {
    if (existsSync(join(this.data, 'PG_VERSION'))) return;
    const flags = ['-U', 'birth', '--auth=scram-sha-256', `--pwfile=${join(this.base, 'password')}`];
    const made = spawnSync(
      this.binaries.initdb,
      ['-D', this.data, ...flags, '--encoding=UTF8', '--locale=C', '--no-instructions'],
      { ...this.user, encoding: 'utf8', cwd: '/' },
    );
    if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  }

  private async launch(): Promise<void> {
    const log = openSync(join(this.base, 'postgres.log'), 'a');
    const settings = [...SETTINGS, ...(this.options.settings ?? [])].flatMap((setting) => ['-c', setting]);
    const child = spawn(this.binaries.postgres, ['-D', this.data, '-p', String(this.port), ...settings], {
      ...this.user,
      cwd: '/',
      // its own group: Ctrl-C in the terminal reaches the driver alone, which stops it last
      detached: true,
      stdio: ['ignore', log, log],
    });
    this.child = child;
    const isKept = this.options.dir !== undefined;
    const callOff = guard({ pid: child.pid, ...(isKept ? { signal: 'INT' } : { signal: 'QUIT', folder: this.base }) });
    child.once('exit', callOff);
    await until(() => this.isReady(child), START_MS, `PostgreSQL to start, see ${join(this.base, 'postgres.log')}`);
  }

  /** Line 1 is our child (a stale file survives kill -9), line 8 its state. */
  private isReady(child: ChildProcess): boolean {
    if (!isAlive(child)) {
      const how = child.signalCode ?? child.exitCode;
      throw new Error(`PostgreSQL ended with ${how}: see ${join(this.base, 'postgres.log')}`);
    }
    const lines = this.pidFile();
    return Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready';
  }

  private pidFile(): string[] {
    try {
      return readFileSync(join(this.data, 'postmaster.pid'), 'utf8').split('\n');
    } catch {
      return [];
    }
  }

  /** A server that an earlier run left behind in this folder. */
  private async stopLeftOver(): Promise<void> {
    const pid = Number(this.pidFile()[0]);
    if (!pid || !isServerOf(this.data, pid)) return;
    process.kill(pid, 'SIGINT');
    await until(() => !isServerOf(this.data, pid), STOP_MS, 'a left-over PostgreSQL to stop');
  }

  /** A killed postmaster may stay a zombie for a moment, which PostgreSQL takes for a running one. */
  private async waitReaped(): Promise<void> {
    const pid = Number(this.pidFile()[0]);
    if (pid) await until(() => !isServerOf(this.data, pid), STOP_MS, 'the killed PostgreSQL to be reaped');
  }
}

/** Its folder is in its command line: a number from a stale file may be a stranger's by now. */
function isServerOf(data: string, pid: number): boolean {
  return argumentsOf(pid).includes(data);
}

/** Empty for a process that has gone. A minimal Linux has no `ps`, macOS no /proc. */
function argumentsOf(pid: number): string[] {
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout.split(' ');
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
