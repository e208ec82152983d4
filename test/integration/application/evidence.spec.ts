import { ReceiveAgencyMessage } from '@birth/application';
import { KeyRing } from '@birth/persistence';
import { createHash, randomUUID } from 'node:crypto';
import { Client, type PoolClient } from 'pg';
import { breachesIn, brokenInvariants, readCaseRows } from '../../../apps/standalone/src/invariants';
import { caseDesk } from '../../support/cases';
import { startPlatform, type TestPlatform } from '../../support/platform';

jest.setTimeout(60_000);

const AGENCY = 'health-commission';
const SAID = { request: '{"mother":"陈静"}', reply: '{"receipt":"one"}' };

describe('D11: what was exchanged stays as evidence, on real PostgreSQL', () => {
  let platform: TestPlatform;
  let desk: ReturnType<typeof caseDesk>;
  let receipt: string;
  beforeAll(async () => {
    platform = await startPlatform();
    desk = caseDesk(platform);
  });
  afterAll(() => platform.stop());
  beforeEach(() => {
    platform.queue.offered.length = 0;
    receipt = `R-${randomUUID()}`;
    platform.agencies.onSubmit = (request) => {
      const about = { direction: 'out', method: 'POST', path: '/v1/steps', status: 200 } as const;
      request.evidence.record({ ...about, ...SAID, startedAt: 1_795_000_000_123, durationMs: 4 });
      return Promise.resolve({ kind: 'accepted', receipt });
    };
  });

  const ask = async <T extends Record<string, unknown>>(sql: string, values: unknown[] = []) =>
    (await platform.database.pool.query<T>(sql, values)).rows;
  const exchangesOf = (id: string) =>
    ask<{ id: string; seq: number; direction: string; bodies: Buffer; request_digest: Buffer; hash: Buffer }>(
      'select id, seq, direction, bodies, request_digest, hash from exchange where application_id = $1 order by seq',
      [id],
    );
  async function onOneConnection(work: (client: PoolClient) => Promise<void>): Promise<void> {
    const client = await platform.database.pool.connect();
    await work(client).finally(() => client.release(true));
  }
  async function callAndCallback() {
    const { id } = await desk.file();
    await desk.send(AGENCY);
    platform.agencies.message = {
      messageId: `M-${id}`,
      reference: { receipt },
      answer: { kind: 'accepted' },
    };
    const url = `http://localhost/agency/v1/${AGENCY}/messages`;
    const raw = { method: 'POST', url, headers: {}, body: Buffer.from(`{"about":"${id}"}`) };
    await platform.app.get(ReceiveAgencyMessage).execute(AGENCY, raw);
    return { id, raw };
  }

  it('both directions are links of one chain, whose end the case knows', async () => {
    const { id } = await callAndCallback();
    const links = await exchangesOf(id);
    expect(links.map(({ seq, direction }) => [seq, direction])).toEqual([
      [1, 'out'],
      [2, 'in'],
    ]);
    const [end] = await ask('select exchange_seq, exchange_head from application where id = $1', [id]);
    expect(end).toEqual({ exchange_seq: 2, exchange_head: links[1]!.hash });
    await onOneConnection(async (client) => {
      expect(await brokenInvariants(client, { acknowledged: [], decisions: [] })).toEqual([]);
    });
  });

  it('the digest is of the bytes under the salt that is sealed beside them', async () => {
    const { id } = await callAndCallback();
    const [link] = await exchangesOf(id);
    const [key] = await ask<{ wrapped: Buffer }>('select wrapped from case_key where case_id = $1', [id]);
    const bodies = platform.app
      .get(KeyRing)
      .openCase(id, key!.wrapped)
      .open<{ request: string; reply: string; salt: string }>('exchange', 'bodies', link!.id, link!.bodies);
    expect(bodies).toMatchObject(SAID);
    const salted = createHash('sha256').update(Buffer.from(bodies.salt, 'base64')).update(SAID.request).digest();
    expect(link!.request_digest).toEqual(salted);
    expect(link!.bodies.includes('陈静')).toBe(false);
  });

  /** Names of the statements that calling the agency costs, by round trip. */
  async function statementsOfACall(): Promise<string[][]> {
    await desk.file();
    const sent: string[][] = [];

    const query = Client.prototype.query as (this: Client, ...args: unknown[]) => unknown;
    const tap = jest.spyOn(Client.prototype, 'query').mockImplementation(function (this: Client, ...args: unknown[]) {
      const { statements } = args[0] as { statements?: { name: string }[] };
      if (statements !== undefined) sent.push(statements.map(({ name }) => name));
      return query.apply(this, args);
    });
    await desk.send(AGENCY);
    tap.mockRestore();
    return sent;
  }

  it('costs the way of an answer one statement an exchange, and no round trip', async () => {
    await callAndCallback();
    const kept = await statementsOfACall();
    platform.agencies.onSubmit = () => Promise.resolve({ kind: 'accepted', receipt });
    receipt = `R-${randomUUID()}`;
    const none = await statementsOfACall();
    expect(kept.length).toBe(none.length);
    expect(kept.flat().filter((name) => name !== 'put_exchange')).toEqual(none.flat());
    expect(kept.flat().filter((name) => name === 'put_exchange')).toHaveLength(1);
  });

  it('is append-only: neither changed nor deleted', async () => {
    const { id } = await callAndCallback();
    for (const statement of [
      `update exchange set status = 500 where application_id = '${id}'`,
      `delete from exchange where application_id = '${id}'`,
      'truncate exchange',
    ]) {
      await expect(ask(statement)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('a changed, removed or moved link breaks the chain of its case', async () => {
    const { id } = await callAndCallback();
    await onOneConnection(async (client) => {
      for (const statement of [
        `update exchange set status = 500 where application_id = '${id}' and seq = 1`,
        `update exchange set request_digest = sha256('') where application_id = '${id}' and seq = 2`,
        `delete from exchange where application_id = '${id}' and seq = 2`,
        `update exchange set seq = 3 - seq where application_id = '${id}'`,
        `update application set exchange_seq = 1 where id = '${id}'`,
      ]) {
        await client.query('begin');
        await client.query('set local session_replication_role = replica');
        await client.query(statement);
        const found = breachesIn(await readCaseRows(client), { acknowledged: [], decisions: [] });
        expect([statement, found.join()]).toEqual([statement, expect.stringContaining(`I10 ${id}: exchanges`)]);
        await client.query('rollback');
      }
    });
  });
});
