import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { BenchFamilies, type BenchFamily } from '../bench/bench-families';
import { audit } from '../demo/audit';
import { inParallel } from '../demo/demo-run';
import { PlatformClient } from '../demo/platform-client';
import { until } from '../embedded/until';
import type { Stack } from '../stack/stack';
import { type Arrival, arrivalsAt, mostInASecond } from './arrivals';

const AGENCY = 'disease-control';
const FILING = 40;
const PATIENCE_MS = 1_200_000;
const LOOK_MS = 200;
/** Longer than the worker's pause between two looks at the history. */
const SHARE_ROUND_MS = 12_000;

export interface OutageReport {
  /** Steps that waited for the agency when it came back. */
  waiting: number;
  /** From its return until it was called again: its breaker was open. */
  noticedAfterSeconds: number;
  /** From then until the last of them was done. */
  drainSeconds: number;
  /** As the agency's own door counted them. */
  mostCallsInASecond: number;
  mostCallsUnderWay: number;
  /** Calls that reached it while it was away. */
  callsWhileAway: number;
  /** Families whose steps need other agencies alone, from filing to the last step: before, and while it drained. */
  othersP99Ms: { before: number; during: number };
  othersDone: number;
  lost: number;
  doubled: number;
}

export interface OutageOptions {
  count: number;
  /** Families whose steps need other agencies alone, before and once more while it drains. */
  others: number;
  othersEveryMs: number;
  /** As many before all others: what is compiled by then is compiled for both. */
  warmUp: number;
  out: NodeJS.WriteStream;
}

/** One agency is away while families file, and comes back to what has waited; the others notice nothing. */
export class OutageRun {
  private readonly client: PlatformClient;
  private readonly database: Client;

  constructor(
    private readonly stack: Stack,
    private readonly options: OutageOptions,
  ) {
    this.client = new PlatformClient(stack.apiUrl, stack.sandboxUrl);
    this.database = new Client({ connectionString: stack.postgres.url });
    this.database.on('error', () => undefined);
  }

  async run(): Promise<OutageReport> {
    const { count, others, warmUp } = this.options;
    await this.database.connect();
    const families = new BenchFamilies(this.client);
    const all = await families.make(count + 2 * others + warmUp);
    await this.othersGoThrough(all.splice(0, warmUp));
    const before = await this.othersGoThrough(all.splice(0, others));
    await this.script({ kind: 'down', times: 1_000_000 });
    await this.fill(all.splice(0, count));
    const waiting = await this.waiting();
    const awayArrivals = await arrivalsAt(this.client, AGENCY);
    await this.script(null);
    const backAt = Date.now();
    this.say(`${waiting} steps wait for ${AGENCY}, which is back`);
    const [during] = await Promise.all([this.othersGoThrough(all), this.drained()]);
    const endedAt = Date.now();
    const known = { naturalKeys: families.naturalKeys, insuredBefore: new Set<string>(), laterNames: new Map() };
    const { lost, doubled } = await audit(this.stack.postgres.url, this.client, known);
    const arrivals = await arrivalsAt(this.client, AGENCY);
    const calledAt = Math.min(...arrivals.map(({ at }) => at).filter((at) => at >= backAt));
    const noticedAfterSeconds = seconds(calledAt - backAt);
    const report = { waiting, noticedAfterSeconds, drainSeconds: seconds(endedAt - calledAt), ...counted(arrivals) };
    await Promise.all([this.client.close(), this.database.end()]);
    return {
      ...report,
      callsWhileAway: awayArrivals.filter(({ status }) => status === 503).length,
      othersP99Ms: { before: p99(before), during: p99(during) },
      othersDone: before.length + during.length,
      lost: lost.length,
      doubled: doubled.length,
    };
  }

  private async script(scenario: object | null): Promise<void> {
    const path = `/_sandbox/scenarios/${AGENCY}`;
    await (scenario === null
      ? this.client.control('DELETE', path)
      : this.client.control('PUT', path, { all: scenario }));
  }

  /** Until nothing but the agency that is away is waited for, and receivers have heard of all that was done. */
  private async fill(families: readonly BenchFamily[]): Promise<void> {
    await inParallel(families, FILING, (family) => this.file(family).then(() => undefined));
    await until(() => this.hasNothingElse(), PATIENCE_MS, 'the other agencies');
    await this.allIsTold();
    await until(async () => !(await this.isOwed()), PATIENCE_MS, 'the receivers');
  }

  private async file(family: BenchFamily): Promise<string> {
    const { status, body } = await this.client.send({
      path: '/v1/applications',
      token: family.token,
      body: family.form,
    });
    if (status !== 201) throw new Error(`filing answered ${status} ${JSON.stringify(body)}`);
    family.filed(String(body['id']));
    return String(body['id']);
  }

  /** At an even pace, so that before and during compare. @returns how long each took, ms */
  private async othersGoThrough(families: readonly BenchFamily[]): Promise<number[]> {
    const filed: Promise<string>[] = [];
    for (const family of families) {
      const services = family.form.newborns[0]?.services.filter((code) => code !== 'vaccination') ?? [];
      for (const newborn of family.form.newborns) newborn.services = services;
      filed.push(this.file(family));
      await delay(this.options.othersEveryMs);
    }
    const ids = await Promise.all(filed);
    await until(() => this.areDone(ids), PATIENCE_MS, 'families whom the outage does not concern');
    const { rows } = await this.database.query<{ took: string }>(
      `select ms(max(e.at)) - ms(a.filed_at) as took from application a join step_event e on e.application_id = a.id
       where a.id = any ($1) group by a.id, a.filed_at`,
      [ids],
    );
    return rows.map(({ took }) => Number(took));
  }

  private async areDone(ids: readonly string[]): Promise<boolean> {
    const text = 'select 1 from application where id = any ($1) and closed_at is null limit 1';
    const { rows } = await this.database.query(text, [ids]);
    return rows.length === 0;
  }

  private async hasNothingElse(): Promise<boolean> {
    const text = `select 1 from work where queue <> $1 and kind = 'CALL' limit 1`;
    const { rows } = await this.database.query(text, [AGENCY]);
    return rows.length === 0;
  }

  /** Until the worker's look at the history brings nothing new. */
  private async allIsTold(): Promise<void> {
    let before = -1;
    for (let told = await this.told(); told !== before; told = await this.told()) {
      before = told;
      await delay(SHARE_ROUND_MS);
    }
  }

  private async told(): Promise<number> {
    const text = 'select count(*)::integer as told from share_delivery';
    return (await this.database.query<{ told: number }>(text)).rows[0]?.told ?? 0;
  }

  private async isOwed(): Promise<boolean> {
    return (await this.database.query(`select 1 from share_webhook where state = 'owed' limit 1`)).rows.length > 0;
  }

  private async isAnyWaiting(): Promise<boolean> {
    const text = `select 1 from work where queue = $1 and kind = 'CALL' limit 1`;
    return (await this.database.query(text, [AGENCY])).rows.length > 0;
  }

  private async waiting(): Promise<number> {
    const text = `select count(*)::integer as waiting from work where queue = $1 and kind = 'CALL'`;
    const { rows } = await this.database.query<{ waiting: number }>(text, [AGENCY]);
    return rows[0]?.waiting ?? 0;
  }

  /** Counting ten thousand rows at each look would be felt by those who are measured. */
  private async drained(): Promise<void> {
    for (const endAt = Date.now() + PATIENCE_MS; await this.isAnyWaiting(); await delay(LOOK_MS)) {
      if (Date.now() > endAt) throw new Error(`${await this.waiting()} steps still wait`);
    }
  }

  private say(line: string): void {
    this.options.out.write(`${line}\n`);
  }
}

const counted = (arrivals: readonly Arrival[]) => ({
  mostCallsInASecond: mostInASecond(arrivals),
  mostCallsUnderWay: Math.max(0, ...arrivals.map(({ underWay }) => underWay)),
});

const p99 = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(0.99 * values.length))] ?? 0;
const seconds = (ms: number): number => Math.round(ms / 100) / 10;
