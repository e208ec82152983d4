import { AGENCIES } from '@birth/domain';
import { setTimeout as delay } from 'node:timers/promises';
import { until } from '../embedded/until';
import type { Sample } from '../samples/sample';
import type { Stack } from '../stack/stack';
import { audit, type Audit } from './audit';
import { breaches } from './breaches';
import { ManualWays } from '../manual/manual-ways';
import { FamilyRun } from './family-run';
import { knownBefore } from './known-before';
import { LiveTable } from './live-table';
import { type PortalCount, portalCount } from './portal-count';
import { PlatformClient } from './platform-client';

const CONCURRENCY = 8;
const DRAW_MS = 250;
const NOTIFIED_MS = 20_000;
const PORTAL_MS = 30_000;

export interface DemoReport extends PortalCount {
  applications: number;
  newborns: number;
  steps: Record<string, number>;
  /** Where no agency has an interface: steps done, by the way in which they were sent. */
  byHand: Record<string, number>;
  waitingForPeople: number;
  lost: number;
  doubled: number;
  ownerless: number;
  unexpected: number;
  seconds: number;
}

export interface DemoResult {
  report: DemoReport;
  details: string[];
}

/** All samples through a running stack, until every step has ended or waits for a person as expected. */
export class DemoRun {
  readonly runs: FamilyRun[];
  private readonly client: PlatformClient;
  private readonly table: LiveTable;
  private readonly manual: ManualWays | null;
  private readonly filingAt: number;
  private filed = 0;

  constructor(
    private readonly stack: Stack,
    samples: readonly Sample[],
    private readonly options: { out: NodeJS.WriteStream; deadlineMs: number; isManual?: boolean },
  ) {
    this.client = new PlatformClient(stack.apiUrl, stack.sandboxUrl);
    this.filingAt = stack.now();
    const clock = { filingAt: this.filingAt, now: () => stack.now() };
    this.runs = samples.map((sample) => new FamilyRun(sample, this.client, clock, options.isManual));
    this.table = new LiveTable(options.out);
    this.manual = options.isManual === true ? new ManualWays(stack, this.client) : null;
  }

  get filedCount(): number {
    return this.filed;
  }

  async run(): Promise<DemoResult> {
    const startedAt = Date.now();
    try {
      await this.manual?.prepare();
      await this.prepare();
      await this.notify('before');
      await inParallel(this.runs, CONCURRENCY, async (run) => {
        await run.file();
        this.filed += 1;
        this.table.draw(this.runs, this.filed);
      });
      await this.notify('after');
      await this.follow(startedAt + this.options.deadlineMs);
      this.table.print(this.runs);
      return await this.conclude(startedAt);
    } finally {
      await this.client.close();
    }
  }

  /** What agencies will do, and what they know already. */
  private async prepare(): Promise<void> {
    for (const agency of AGENCIES) {
      const byName = Object.fromEntries(
        this.runs.flatMap((run) => {
          const scenario = run.sample.scenarios?.[agency];
          return scenario === undefined ? [] : run.scriptNames.map((name) => [name, scenario]);
        }),
      );
      await this.client.control('PUT', `/_sandbox/scenarios/${agency}`, { byName });
    }
    for (const run of this.runs) await this.makeKnown(run);
  }

  private async makeKnown(run: FamilyRun): Promise<void> {
    for (const { path, body } of knownBefore(run, this.filingAt)) {
      await this.client.control('POST', `/_sandbox/${path}`, body);
    }
  }

  private async notify(when: 'before' | 'after'): Promise<void> {
    const byOffice = new Map<string, unknown[]>();
    for (const { office, record } of this.runs.flatMap((run) => run.birthRecords(when))) {
      byOffice.set(office, [...(byOffice.get(office) ?? []), record]);
    }
    const sent: unknown[] = [];
    for (const [office, records] of byOffice) {
      const { body } = await this.client.control('POST', '/_sandbox/hospital/birth-records', { office, records });
      sent.push(body['messageId']);
    }
    await until(() => this.areTaken(sent), NOTIFIED_MS, 'the hospitals’ records to be taken');
  }

  /** A family finds its record only once the platform has it. */
  private async areTaken(messageIds: readonly unknown[]): Promise<boolean> {
    const { body } = await this.client.control('GET', '/_sandbox/acknowledged');
    const taken = new Set((body['messages'] as { messageId: unknown }[]).map(({ messageId }) => messageId));
    return messageIds.every((messageId) => taken.has(messageId));
  }

  private async follow(deadline: number): Promise<void> {
    while (Date.now() < deadline) {
      const open = this.runs.filter((run) => !run.isSettled || run.differences.length > 0);
      if (open.length === 0) return;
      await inParallel(open, CONCURRENCY, (run) => run.look());
      this.table.draw(this.runs, this.filed);
      await delay(DRAW_MS);
    }
  }

  private async conclude(startedAt: number): Promise<DemoResult> {
    await inParallel(this.runs, CONCURRENCY, (run) => run.look());
    const known = {
      naturalKeys: this.naturalKeys(),
      insuredBefore: this.insuredBefore(),
      laterNames: this.laterNames(),
    };
    const found = await audit(this.stack.postgres.url, this.client, known);
    const portal = await portalCount(this.client, this.runs, PORTAL_MS);
    const lost = [...found.lost, ...(await this.unreadable())];
    const decisions = this.runs.flatMap((run) => run.decisions);
    const unexpected = [
      ...this.runs.flatMap((run) => run.differences.map((difference) => `${run.sample.name}: ${difference}`)),
      ...portal.differences,
      ...(await breaches(this.stack, this.client, known, decisions)),
      ...((await this.manual?.breaches()) ?? []),
    ];
    const details = [
      ...lost.map((line) => `lost: ${line}`),
      ...found.doubled.map((line) => `doubled: ${line}`),
      ...found.ownerless.map((line) => `ownerless: ${line}`),
      ...unexpected.map((line) => `unexpected: ${line}`),
    ];
    const byHand = (await this.manual?.completedByWay()) ?? {};
    const counts = { byHand, unexpected: unexpected.length };
    return { report: { ...this.report({ ...found, lost }, counts, startedAt), ...portal.count }, details };
  }

  private async unreadable(): Promise<string[]> {
    const lost: string[] = [];
    const filed = this.runs.filter((run) => run.filedStatus === 201);
    await inParallel(filed, CONCURRENCY, async (run) => {
      if (!(await run.isReadable())) lost.push(`${run.sample.name}: 201 but not readable`);
    });
    return lost;
  }

  private report(
    found: Audit,
    { byHand, unexpected }: Pick<DemoReport, 'byHand' | 'unexpected'>,
    startedAt: number,
  ): Omit<DemoReport, keyof PortalCount> {
    const filed = this.runs.filter((run) => run.filedStatus === 201);
    return {
      applications: filed.length,
      newborns: filed.reduce((sum, run) => sum + run.real.form.newborns.length, 0),
      steps: found.stepsByState,
      byHand,
      waitingForPeople: found.waitingForPeople,
      lost: found.lost.length,
      doubled: found.doubled.length,
      ownerless: found.ownerless.length,
      unexpected,
      seconds: Math.round((Date.now() - startedAt) / 100) / 10,
    };
  }

  /** Whose insurance a register was told of before: asking it leaves no trace there. */
  private insuredBefore(): Set<string> {
    const known = this.runs.filter(({ sample }) => sample.known?.insured === true);
    return new Set(known.flatMap(({ shown }) => (shown === null ? [] : [`${shown.id}/0`])));
  }

  private laterNames(): Map<string, string> {
    const entries = this.runs.flatMap(({ shown, sample: { laterName } }) =>
      shown === null || laterName === undefined
        ? []
        : [[`${shown.id}/0`, laterName.surname + laterName.given] as const],
    );
    return new Map(entries);
  }

  /** The vaccination system knows a child by its mother, its birth and its place in the order. */
  private naturalKeys(): Map<string, string> {
    const entries = this.runs.flatMap(({ shown, real, sample }) => {
      const parent = real.form.mother ?? real.form.father;
      if (shown === null || parent === null) return [];
      return real.form.newborns.map((_, index) => {
        const birth = sample.births[index];
        const time = `${(real.bornAt[index] ?? '').slice(0, 10)} ${birth?.time}:00`;
        return [`${shown.id}/${index}`, [parent.identity.number, time, birth?.deliveryOrder].join('|')] as const;
      });
    });
    return new Map(entries);
  }
}

export async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const lane = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
}
