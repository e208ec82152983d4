import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { audit } from '../demo/audit';
import { inParallel } from '../demo/demo-run';
import { PlatformClient } from '../demo/platform-client';
import type { CaseShown } from '../demo/view';
import type { QueueKind, Stack } from '../stack/stack';
import { BenchFamilies, type BenchFamily } from './bench-families';

const IN_FLIGHT = 50;
const WARM_UP = 100;
const ALONE = 60;
const POLL_MS = 20;
const CASE_MS = 60_000;

export interface BenchReport {
  queue: QueueKind;
  applicationsPerSecond: number;
  submitP50Ms: number;
  submitP99Ms: number;
  overheadP50Ms: number;
  overheadP99Ms: number;
  /** null where /proc does not say. */
  rssMb: { api: number | null; worker: number | null };
  lost: number;
  doubled: number;
}

/** Applications end to end, 50 in flight; then one at a time for what the platform itself adds. */
export class Bench {
  private readonly client: PlatformClient;
  private readonly submitMs: number[] = [];

  constructor(
    private readonly stack: Stack,
    private readonly options: { queue: QueueKind; count: number; out: NodeJS.WriteStream },
  ) {
    this.client = new PlatformClient(stack.apiUrl, stack.sandboxUrl);
  }

  async run(): Promise<BenchReport> {
    const families = new BenchFamilies(this.client);
    const all = await families.make(WARM_UP + this.options.count + ALONE);
    await this.through(all.splice(0, WARM_UP));
    this.submitMs.length = 0;
    const startedAt = performance.now();
    const flown = all.splice(0, this.options.count);
    await this.through(flown);
    const seconds = (performance.now() - startedAt) / 1000;
    const submitted = [...this.submitMs].sort((a, b) => a - b);
    const overhead = await this.overhead(all);
    const known = {
      naturalKeys: families.naturalKeys,
      insuredBefore: new Set<string>(),
      laterNames: new Map<string, string>(),
    };
    const { lost, doubled } = await audit(this.stack.postgres.url, this.client, known);
    await this.client.close();
    return {
      queue: this.options.queue,
      applicationsPerSecond: round(flown.length / seconds),
      submitP50Ms: round(quantile(submitted, 0.5)),
      submitP99Ms: round(quantile(submitted, 0.99)),
      overheadP50Ms: round(quantile(overhead, 0.5)),
      overheadP99Ms: round(quantile(overhead, 0.99)),
      rssMb: { api: this.rss('api'), worker: this.rss('worker') },
      lost: lost.length,
      doubled: doubled.length,
    };
  }

  private async through(families: readonly BenchFamily[]): Promise<void> {
    const waiting = new OpenCases(this.stack.postgres.url);
    await waiting.start();
    await inParallel(families, IN_FLIGHT, async (family) => {
      const id = await this.file(family);
      await waiting.ended(id);
    });
    await waiting.stop();
  }

  private async file(family: BenchFamily): Promise<string> {
    const startedAt = performance.now();
    const { status, body } = await this.client.send({
      path: '/v1/applications',
      token: family.token,
      body: family.form,
    });
    this.submitMs.push(performance.now() - startedAt);
    if (status !== 201) throw new Error(`filing answered ${status} ${JSON.stringify(body)}`);
    const { id } = body as unknown as CaseShown;
    family.filed(id);
    return id;
  }

  /** From filing to the last answer recorded, less the time that the agencies took on the critical path. */
  private async overhead(families: readonly BenchFamily[]): Promise<number[]> {
    const database = new Client({ connectionString: this.stack.postgres.url });
    database.on('error', () => undefined);
    await database.connect();
    const all: number[] = [];
    for (const family of families) {
      const sentAt = Date.now();
      const id = await this.file(family);
      const waiting = new OpenCases(this.stack.postgres.url);
      await waiting.start();
      await waiting.ended(id);
      await waiting.stop();
      all.push(await ownTime(database, id, sentAt));
    }
    await database.end();
    return all.sort((a, b) => a - b);
  }

  private rss(name: 'api' | 'worker'): number | null {
    const pid = this.stack.pidOf(name);
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const kilobytes = /VmRSS:\s+(\d+)/.exec(status)?.[1];
      return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024);
    } catch {
      return null;
    }
  }
}

/** The critical path: every step but vaccination, which runs beside them. The way to an agency and back is our own. */
async function ownTime(database: Client, id: string, sentAt: number): Promise<number> {
  const { rows } = await database.query<{ ended: string; agencies: string }>(
    `select (select ms(max(at)) from step_event where application_id = $1) as ended,
      (select coalesce(sum(x.agency_ms), 0) from exchange x join step s on s.id = x.step_id
        where x.application_id = $1 and s.code <> 'vaccination') as agencies`,
    [id],
  );
  const [row] = rows;
  return Number(row?.ended ?? 0) - sentAt - Number(row?.agencies ?? 0);
}

/** Watches which cases have ended, by one query for all that wait. */
class OpenCases {
  private readonly waiting = new Map<string, () => void>();
  private readonly database: Client;
  private timer: NodeJS.Timeout | null = null;

  constructor(url: string) {
    this.database = new Client({ connectionString: url });
    // an interrupted run stops the server under it
    this.database.on('error', () => undefined);
  }

  async start(): Promise<void> {
    await this.database.connect();
    this.lookSoon();
  }

  async stop(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    await this.database.end();
  }

  ended(id: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = setTimeout(() => reject(new Error(`case ${id} did not end`)), CASE_MS);
      this.waiting.set(id, () => {
        clearTimeout(giveUp);
        resolve();
      });
    });
  }

  private async look(): Promise<void> {
    const ids = [...this.waiting.keys()];
    const { rows } = await this.database.query<{ id: string }>({
      name: 'ended',
      text: 'select id from application where id = any ($1) and closed_at is not null',
      values: [ids],
    });
    for (const { id } of rows) {
      this.waiting.get(id)?.();
      this.waiting.delete(id);
    }
    if (this.timer !== null) this.lookSoon();
  }

  private lookSoon(): void {
    this.timer = setTimeout(() => void this.look().catch(() => undefined), POLL_MS);
  }
}

const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
const round = (value: number): number => Math.round(value * 10) / 10;
