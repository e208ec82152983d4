import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Child, freePort, type RunningPostgres, type RunningRedis, startPostgres, startRedis } from '../embedded';
import { projectFolder } from '../embedded/postgres-binaries';
import { exchangeUrl } from '../manual/exchange-role';

export type QueueKind = 'redis' | 'postgres';
export type ProcessName = 'api' | 'worker' | 'worker2' | 'worker3' | 'sandbox' | 'platform';

export interface StackOptions {
  queue: QueueKind;
  /** api and worker as processes of their own; else both in one. */
  split: boolean;
  /** Of them, when apart. */
  workers?: 1 | 2 | 3;
  /** Keys, ledgers, logs. */
  folder: string;
  /** Kept PostgreSQL cluster; a new one otherwise. */
  database?: string;
  profile?: 'production' | 'demo';
  /** ISO moment at which platform and agencies stand when they start; now otherwise. */
  clock?: string;
  sandbox?: Record<string, string>;
  env?: Record<string, string>;
  apiPort?: number;
}

/** Compiled programs below dist/apps. */
const PROGRAMS: Record<ProcessName, string> = {
  api: 'api/src/main.js',
  worker: 'worker/src/main.js',
  worker2: 'worker/src/main.js',
  worker3: 'worker/src/main.js',
  sandbox: 'sandbox/src/main.js',
  platform: 'standalone/src/platform.js',
};
/** Never the sandbox's address: an applicant is issuer and subject, and has to be the same person after a restart. */
const ISSUER = 'https://identity.sandbox.invalid';
const WORKERS = ['worker', 'worker2', 'worker3'] as const;
const WORKER_NICENESS = 5;
const REDIS_PAUSE_MS = 100;
const SM4_KEY = '0123456789abcdeffedcba9876543210';

/** The whole platform and its other side as children; what dies is started again, as an init system would. */
export class Stack {
  private readonly children = new Map<ProcessName, Child>();
  private readonly killing = new Set<ProcessName>();
  private isStopping = false;
  private readonly clockOffsetMs: number;
  restarts = 0;
  /** Fail points at which a process ended itself, as `api after-validate:3:kill`. */
  readonly passed: string[] = [];

  private constructor(
    readonly options: StackOptions,
    readonly postgres: RunningPostgres,
    readonly redis: RunningRedis | null,
    readonly apiUrl: string,
    readonly sandboxUrl: string,
  ) {
    const { clock } = options;
    this.clockOffsetMs = clock === undefined ? 0 : Date.parse(clock) - Date.now();
    redis?.onCrash(() => this.redisComesBack());
  }

  /** By the clock of platform and agencies. */
  now(): number {
    return Date.now() + this.clockOffsetMs;
  }

  /** Rejects when a part does not start or `signal` comes first; what ran by then has stopped. */
  static async start(options: StackOptions, signal: AbortSignal = new AbortController().signal): Promise<Stack> {
    mkdirSync(join(options.folder, 'keys'), { recursive: true, mode: 0o700 });
    const [apiPort, sandboxPort] = [options.apiPort ?? (await freePort()), await freePort()];
    const redis = options.queue === 'redis' ? await startRedis() : null;
    let stack: Stack | null = null;
    try {
      signal.throwIfAborted();
      const postgres = await startPostgres(options.database === undefined ? {} : { dir: options.database });
      stack = new Stack(options, postgres, redis, `http://127.0.0.1:${apiPort}`, `http://127.0.0.1:${sandboxPort}`);
      await stack.startChildren(signal);
      return stack;
    } catch (error) {
      await (stack ?? redis)?.stop();
      throw error;
    }
  }

  get running(): ProcessName[] {
    return [...this.children.keys()];
  }

  pidOf(name: ProcessName): number | null {
    return this.children.get(name)?.pid ?? null;
  }

  logFile(name: string): string {
    return join(this.options.folder, `${name}.log`);
  }

  /** Of the platform's sealed data. */
  get keys(): { MASTER_KEY: string; LOOKUP_KEY: string } {
    return { MASTER_KEY: this.secret('master'), LOOKUP_KEY: this.secret('lookup') };
  }

  /** Addresses, secrets and keys by which the agencies are spoken to. */
  get agencyEnvironment(): Record<string, string> {
    const { folder } = this.options;
    const gateway = this.secret('gateway');
    return {
      AGENCY_KEYS_FILE: join(folder, 'keys', 'public.json'),
      PLATFORM_KEYS_FILE: join(folder, 'keys', 'platform.json'),
      WEBHOOKS_FILE: join(folder, 'keys', 'webhooks.json'),
      HEALTH_COMMISSION_URL: `${this.sandboxUrl}/health-commission`,
      HEALTH_COMMISSION_TOKEN: gateway,
      DISEASE_CONTROL_URL: `${this.sandboxUrl}/disease-control`,
      DISEASE_CONTROL_TOKEN: gateway,
      PUBLIC_SECURITY_URL: `${this.sandboxUrl}/public-security`,
      MEDICAL_INSURANCE_URL: `${this.sandboxUrl}/medical-insurance`,
      MEDICAL_INSURANCE_SM4_KEY: SM4_KEY,
      HUMAN_RESOURCES_URL: `${this.sandboxUrl}/human-resources`,
      TAX_ADMINISTRATION_URL: `${this.sandboxUrl}/tax-administration`,
      TAX_ADMINISTRATION_TOKEN: gateway,
    };
  }

  /** As a crash would; the child comes back by itself. False where it was not running. */
  async kill(name: ProcessName): Promise<boolean> {
    const child = this.children.get(name);
    if (child?.isRunning !== true) return false;
    this.killing.add(name);
    await child.kill();
    return true;
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    for (const name of ['api', ...WORKERS, 'platform', 'sandbox'] as const) await this.children.get(name)?.stop();
    await this.redis?.stop();
    await this.postgres.stop();
  }

  private async startChildren(signal: AbortSignal): Promise<void> {
    const platform: ProcessName[] = this.options.split ? ['api', ...this.workers()] : ['platform'];
    for (const name of ['sandbox', ...platform] as const) {
      signal.throwIfAborted();
      await this.startChild(name);
    }
    signal.throwIfAborted();
  }

  private workers(): ProcessName[] {
    return WORKERS.slice(0, this.options.workers ?? 1);
  }

  private async startChild(name: ProcessName): Promise<void> {
    const env = name === 'sandbox' ? this.sandboxEnv() : this.platformEnv(name);
    const child = new Child({
      program: join(projectFolder(), 'dist', 'apps', PROGRAMS[name]),
      env,
      logFile: this.logFile(name),
      // people wait for the api; agencies' answers can
      ...(name.startsWith('worker') ? { niceness: WORKER_NICENESS } : {}),
    });
    this.children.set(name, child);
    const started = child.start();
    child.onExit((signal) => this.comeBack(name, signal));
    await started;
  }

  private comeBack(name: ProcessName, signal: NodeJS.Signals | null): void {
    const isOurs = this.killing.delete(name);
    const point = this.failAt(name);
    if (!isOurs && signal === 'SIGKILL' && point !== undefined) this.passed.push(`${name} ${point}`);
    if (this.isStopping) return;
    this.restarts += 1;
    this.startChild(name).catch(() => undefined);
  }

  /** On the same port. Hints wait meanwhile; nothing else does. */
  private redisComesBack(): void {
    setTimeout(() => {
      if (this.isStopping) return;
      this.restarts += 1;
      this.redis?.restart().catch(() => undefined);
    }, REDIS_PAUSE_MS);
  }

  private sandboxEnv(): Record<string, string> {
    const { folder, sandbox = {} } = this.options;
    return {
      SANDBOX_PORT: new URL(this.sandboxUrl).port,
      PLATFORM_URL: this.apiUrl,
      SANDBOX_DATA_DIR: join(folder, 'ledgers'),
      SANDBOX_KEYS_DIR: join(folder, 'keys'),
      SANDBOX_GATEWAY_TOKEN: this.secret('gateway'),
      SANDBOX_INSURANCE_SM4_KEY: SM4_KEY,
      SANDBOX_ISSUER: ISSUER,
      ...this.moved('SANDBOX_CLOCK_OFFSET_MS'),
      ...this.exchangeEnv(),
      ...sandbox,
    };
  }

  private platformEnv(name: ProcessName): Record<string, string> {
    const { profile = 'demo', env = {} } = this.options;
    return {
      DATABASE_URL: this.postgres.url,
      QUEUE_URL: this.redis?.url ?? this.postgres.url,
      ...this.keys,
      AGENCY_CONTRACTS_FILE: join(projectFolder(), 'seeds', 'contracts', 'sandbox.json'),
      ...this.agencyEnvironment,
      ENGINE_PROFILE: profile,
      // a worker killed between hint and claim holds that wake-up number until the lock ends
      ...(profile === 'demo' ? { QUEUE_LOCK_MS: '3000' } : {}),
      GOVERNMENT_PORTAL_URL: `${this.sandboxUrl}/government-portal`,
      TOKEN_ISSUER: ISSUER,
      JWKS_URL: `${this.sandboxUrl}/_sandbox/jwks.json`,
      PORT: new URL(this.apiUrl).port,
      PUBLIC_URL: this.apiUrl,
      LOG_LEVEL: 'warn',
      ...this.moved('CLOCK_OFFSET_MS'),
      ...env,
      ...(this.failAt(name) === undefined ? {} : { FAIL_AT: this.failAt(name) as string }),
    };
  }

  private moved(name: string): Record<string, string> {
    return this.clockOffsetMs === 0 ? {} : { [name]: String(this.clockOffsetMs) };
  }

  /** FAIL_AT_API, FAIL_AT_WORKER: where a process ends itself, one after the other, in as many lives. */
  private failAt(name: ProcessName): string | undefined {
    const points = this.options.env?.[`FAIL_AT_${name.toUpperCase()}`]?.split(',') ?? [];
    return points.find((point) => !this.passed.includes(`${name} ${point}`));
  }

  /** Of the agencies' side of the exchange table. */
  private exchangeEnv(): Record<string, string> {
    if (!this.options.sandbox?.['SANDBOX_EXCHANGE_TABLE']) return {};
    return { SANDBOX_EXCHANGE_URL: exchangeUrl(this.postgres.url, this.secret('exchange')) };
  }

  /** Made once a folder, 0600. */
  secret(name: string): string {
    const file = join(this.options.folder, 'keys', `${name}.secret`);
    if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
    return readFileSync(file, 'utf8');
  }
}
