import { createPrivateKey, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { PlatformClient } from '../../../apps/standalone/src/demo/platform-client';
import { Stack } from '../../../apps/standalone/src/stack/stack';
import { AgencySigner, type SignatureWish } from '../../support/agency-signer';
import { FiledSample } from '../../support/filed-sample';

jest.setTimeout(60_000);

const AGENCY = 'health-commission';
const STEP = 'birth_certificate';
const DAY_S = 86_400;

interface Told {
  status: number;
  outcome: unknown;
}

describe('fault 30: what an agency says after its last word, over HTTP', () => {
  const folder = mkdtempSync(join(tmpdir(), 'birth-late-callbacks-'));
  let stack: Stack;
  let client: PlatformClient;
  let database: Client;
  let family: FiledSample;
  let known: { idempotencyKey: string | null; receipt: string };

  beforeAll(async () => {
    stack = await Stack.start({ queue: 'postgres', split: false, folder, sandbox: { SANDBOX_PACE_MS: '50' } });
    client = new PlatformClient(stack.apiUrl, stack.sandboxUrl);
    database = new Client({ connectionString: stack.postgres.url });
    await database.connect();
    family = await FiledSample.of(client, 'ordinary-couple').file();
    await family.until('social_security_card', ({ state }) => state === 'completed');
    const [entry] = (await family.ledger(AGENCY)).filter(({ kind }) => kind === 'final');
    known = { idempotencyKey: entry!.key, receipt: entry!.receipt };
  });
  afterAll(async () => {
    await database.end();
    await client.close();
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const progress = (changes: object = {}): string =>
    JSON.stringify({
      ...{ messageId: randomUUID(), ...known, sequence: 90, occurredAt: '2027-01-02T08:00:00+08:00' },
      ...{ statusCode: '10', text: null, items: [], until: null, certificate: null, refusal: null },
      ...changes,
    });
  const notice = (changes: object = {}): string =>
    JSON.stringify({
      ...{ messageId: randomUUID(), idempotencyKey: known.idempotencyKey, noticeNo: known.receipt, feeYear: '2026' },
      ...{ sequence: 90, occurredAt: '2027-01-02T08:00:00+08:00', statusCode: '10', amount: null, payBy: null },
      ...{ text: null, items: [], until: null, payment: null, refusal: null, ...changes },
    });
  const REFUSED = {
    statusCode: '91',
    refusal: { reason: '材料不符', legalBasis: '母婴保健法', documentNumber: '1号', office: '卫健委', remedy: '复议' },
  };

  function signed(body: string, wish: SignatureWish = {}, agency = AGENCY): { url: string; init: RequestInit } {
    const key = createPrivateKey(readFileSync(join(folder, 'keys', `${agency}.key.pem`)));
    const url = `${stack.apiUrl}/agency/v1/${agency}/messages`;
    const headers = new AgencySigner(agency, `${agency}-1`, key).headers({ method: 'POST', url, body }, wish);
    return { url, init: { method: 'POST', headers, body } };
  }

  async function send({ url, init }: { url: string; init: RequestInit }): Promise<Told> {
    const reply = await fetch(url, init);
    const { outcome } = (await reply.json()) as Record<string, unknown>;
    return { status: reply.status, outcome };
  }

  /** What must not have moved, and what must have been kept. */
  async function standing() {
    const read = async (text: string) => (await database.query<Record<string, unknown>>(text)).rows;
    return {
      steps: await read('select code, state, reason, owner, source, generation from step order by id'),
      effects: (await family.ledger(AGENCY)).filter(({ kind }) => kind === 'final').length,
      kept: (await read('select (select count(*) from inbox) + (select count(*) from message_evidence) as n'))[0]!['n'],
    };
  }

  it('a hundred times at once: taken once, and nothing moves', async () => {
    const before = await standing();
    const body = progress();
    const told = await Promise.all(Array.from({ length: 100 }, () => send(signed(body))));
    expect(told.map(({ status }) => status)).toEqual(Array.from({ length: 100 }, () => 200));
    expect(told.filter(({ outcome }) => outcome !== 'duplicate')).toHaveLength(1);
    const after = await standing();
    expect([after.steps, after.effects]).toEqual([before.steps, before.effects]);
    const { messageId } = JSON.parse(body) as { messageId: string };
    const { rows } = await database.query('select 1 from inbox where message_id = $1', [messageId]);
    expect(rows).toHaveLength(1);
  });

  it('the next day: the same bytes are refused, signed anew they are known', async () => {
    const body = progress();
    expect(await send(signed(body))).toMatchObject({ status: 200 });
    const before = await standing();
    const yesterday = Math.floor(Date.now() / 1000) - DAY_S;
    expect(await send(signed(body, { created: yesterday }))).toMatchObject({ status: 401 });
    expect(await send(signed(body))).toEqual({ status: 200, outcome: 'duplicate' });
    const after = await standing();
    expect([after.steps, after.effects]).toEqual([before.steps, before.effects]);
    expect(Number(after.kept)).toBe(Number(before.kept) + 1);
  });

  it.each<[string, () => { url: string; init: RequestInit }, unknown]>([
    ['a refusal of what it has issued', () => signed(progress(REFUSED)), 'taken'],
    ['a special procedure for what has ended', () => signed(progress({ statusCode: '30', text: '复核' })), 'taken'],
    [
      'an older word than its last',
      () => signed(progress({ sequence: 1, occurredAt: '2026-01-02T08:00:00+08:00' })),
      'taken',
    ],
    ['a case that nobody has', () => signed(progress({ idempotencyKey: randomUUID(), receipt: randomUUID() })), 'kept'],
    ['another agency’s case', () => signed(notice(), {}, 'tax-administration'), 'kept'],
  ])('%s moves nothing and is kept', async (_name, message, outcome) => {
    const before = await standing();
    expect(await send(message())).toEqual({ status: 200, outcome });
    const after = await standing();
    expect([after.steps, after.effects]).toEqual([before.steps, before.effects]);
    expect(Number(after.kept)).toBeGreaterThan(Number(before.kept));
    expect(await family.step(STEP)).toMatchObject({ state: 'completed', reason: 'done' });
  });

  it('what contradicts the end is a person’s to settle', async () => {
    const { rows } = await database.query<{ kind: string }>('select kind from human_task where closed_at is null');
    expect(rows.map(({ kind }) => kind)).toContain('conflict');
  });
});
