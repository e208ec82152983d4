import { AGENCIES, type AgencyCode } from '@birth/domain';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, type QueryResultRow } from 'pg';
import type { PlatformClient } from '../demo/platform-client';
import type { Stack } from '../stack/stack';
import { grantExchange } from './exchange-role';
import { type ManualOffice, manualOffices } from './manual-offices';

/** Every process hears of a change within a second. */
const HEARD_MS = 1_500;

/** A county whose agencies have no interface: its offices answer over worklists, in files, and in a table. */
export class ManualWays {
  /** A platform that is just up may have asked for last night's lists. */
  private before: ReadonlyMap<AgencyCode, number> = new Map();

  constructor(
    private readonly stack: Stack,
    private readonly client: PlatformClient,
    private readonly offices: readonly ManualOffice[] = manualOffices(),
  ) {}

  /** A supervisor names how each office answers, before anything is sent. */
  async prepare(): Promise<void> {
    await grantExchange(this.stack.postgres.url, this.stack.secret('exchange'));
    const token = await this.client.clerkToken('supervisor');
    for (const { code, mode } of this.offices) {
      const path = `/clerk/v1/offices/${code}/answer-modes`;
      const body = { answerMode: mode, reason: '该机构尚无接口' };
      const { status, body: answer } = await this.client.send({ path, token, body });
      const isSo = status === 200 || answer['code'] === 'answer_mode_unchanged';
      if (!isSo) throw new Error(`the answer mode of ${code} was not changed: ${status} ${String(answer['code'])}`);
    }
    await delay(HEARD_MS);
    this.before = await this.arrivals();
  }

  /** No agency was called. */
  async breaches(): Promise<string[]> {
    const { api = 0 } = await this.completedByWay();
    return [...(api > 0 ? [`${api} steps were done over an interface`] : []), ...(await this.callsToAgencies())];
  }

  /** How many steps offices have done, by the way in which they were sent. */
  async completedByWay(): Promise<Record<string, number>> {
    const rows = await this.read<{ channel: string; count: number }>(
      `select channel, count(*)::int as count from step
        where state = 'completed' and source in ('agency', 'worklist') group by channel order by channel`,
    );
    return Object.fromEntries(rows.map(({ channel, count }) => [channel, count]));
  }

  /** Calls as their doors counted them, since the ways were changed, and for what they were. */
  private async callsToAgencies(): Promise<string[]> {
    const calls: string[] = [];
    for (const [agency, count] of await this.arrivals()) {
      const more = count - (this.before.get(agency) ?? 0);
      if (more > 0) calls.push(`${agency} was called ${more} times: ${await this.requestsTo(agency)}`);
    }
    return calls;
  }

  private async arrivals(): Promise<Map<AgencyCode, number>> {
    const counts = new Map<AgencyCode, number>();
    for (const agency of AGENCIES) {
      const { body } = await this.client.control('GET', `/_sandbox/arrivals?agency=${agency}`);
      counts.set(agency, (body['arrivals'] as unknown[]).length);
    }
    return counts;
  }

  private async requestsTo(agency: AgencyCode): Promise<string> {
    const rows = await this.read<{ request: string }>(
      `select distinct e.method || ' ' || e.path || ' for ' || s.code || ' ' || s.mode || ' ' || s.state as request
       from exchange e join step s on s.id = e.step_id
       where s.agency = $1 and e.direction = 'out' and e.path not like '/exchange-table/%'`,
      [agency],
    );
    return rows.map(({ request }) => request).join('; ');
  }

  private async read<T extends QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
    const database = new Client({ connectionString: this.stack.postgres.url });
    await database.connect();
    try {
      return (await database.query<T>(text, values)).rows;
    } finally {
      await database.end();
    }
  }
}
