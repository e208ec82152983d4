import { createHash, createPrivateKey, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { until } from '../../../apps/standalone/src/embedded/until';
import { Stack } from '../../../apps/standalone/src/stack/stack';

import { AgencySigner, type SignatureWish } from '../../support/agency-signer';
import { aCouple } from '../../support/families';

jest.setTimeout(60_000);

const PATH = '/agency/v1/health-commission/messages';
const OWN = 'health-commission-1';
const SECRET = '王芳500235199103247584';

interface Wrong {
  code: string;
  /** As the log names it. */
  key: string;
  by?: 'stranger' | 'impostor' | 'police';
  wish?: SignatureWish;
  /** Sent instead of the body that was signed. */
  body?: string;
  unsigned?: true;
}

interface Mutation extends Pick<Wrong, 'by' | 'wish' | 'body'> {
  /** Sent there instead. */
  at?: string;
  /** Signed as this method instead of POST. */
  method?: string;
  /** Signed for this address instead. */
  signedFor?(url: string): string;
  /** In place of what was signed; empty: left out. */
  headers?: Record<string, string>;
}

const WRONG: Wrong[] = [
  { code: 'no_signature', key: 'not registered', unsigned: true },
  { code: 'unknown_key', key: 'not registered', by: 'stranger' },
  { code: 'signature_wrong', key: OWN, by: 'impostor' },
  { code: 'key_of_another', key: 'public-security-1', by: 'police' },
  { code: 'created_out_of_window', key: OWN, wish: { created: 1_700_000_000 } },
  { code: 'digest_wrong', key: OWN, body: JSON.stringify({ messageId: 'other', text: SECRET }) },
  { code: 'nonce_or_key_missing', key: OWN, wish: { nonce: 'short' } },
];

describe('a message that cannot be trusted, over HTTP', () => {
  let stack: Stack;
  const folder = mkdtempSync(join(tmpdir(), 'birth-refused-'));

  beforeAll(async () => {
    stack = await Stack.start({ queue: 'redis', split: false, folder });
  });
  afterAll(async () => {
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const log = (): string => readFileSync(stack.logFile('platform'), 'utf8');
  const keyOf = (owner: string) => createPrivateKey(readFileSync(join(folder, 'keys', `${owner}.key.pem`)));
  const signerOf = (by: Wrong['by']): AgencySigner => {
    switch (by) {
      case 'stranger':
        return new AgencySigner('health-commission', 'key-13800000001');
      case 'impostor':
        return new AgencySigner('health-commission', OWN);
      case 'police':
        return new AgencySigner('public-security', 'public-security-1', keyOf('public-security'));
      case undefined:
        return new AgencySigner('health-commission', OWN, keyOf('health-commission'));
    }
  };

  async function send({ by, wish, body, unsigned }: Omit<Wrong, 'code' | 'key'>) {
    const url = stack.apiUrl + PATH;
    const signed = JSON.stringify({ messageId: randomUUID(), text: SECRET });
    const headers =
      unsigned === true
        ? { 'content-type': 'application/json' }
        : signerOf(by).headers({ method: 'POST', url, body: signed }, wish);
    return fetch(url, { method: 'POST', headers, body: body ?? signed });
  }

  const keysFile = join(folder, 'keys', 'public.json');
  const published = () => JSON.parse(readFileSync(keysFile, 'utf8')) as { keyId: string }[];
  const publish = (keys: object[]): void => {
    writeFileSync(`${keysFile}.new`, JSON.stringify(keys));
    renameSync(`${keysFile}.new`, keysFile);
  };

  it.each(WRONG)(
    '$code: 401 without a reason, and the reason in our log with the key',
    async ({ code, key, ...wrong }) => {
      const reply = await send(wrong);
      expect(reply.status).toBe(401);
      const told = await reply.text();
      expect(JSON.parse(told)).toMatchObject({ code: 'signature_invalid' });
      expect(told).not.toContain(code);
      await until(() => log().includes(`message refused: ${code}, key ${key}"`), 5_000, `a line about ${code}`);
    },
  );

  it('a nonce used before for something else is told by its key', async () => {
    const wish = { nonce: randomUUID() };
    expect((await send({ wish })).status).toBe(400);
    expect((await send({ wish })).status).toBe(401);
    await until(() => log().includes(`message refused: used_before, key ${OWN}"`), 5_000, 'a line');
  });

  it('D11: each left a row with reason, key, size and digest, a body only where its signature was good', async () => {
    const body = JSON.stringify({ messageId: randomUUID(), text: SECRET });
    const headers = { 'content-type': 'application/json' };
    expect((await fetch(stack.apiUrl + PATH, { method: 'POST', headers, body })).status).toBe(401);
    const client = new Client({ connectionString: stack.postgres.url });
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(
      'select sender, door, outcome, key_id, size, digest, body from message_evidence order by id',
    );
    const { rows: moved } = await client.query('select 1 from step_event where actor = $1', ['agency']);
    await client.end();
    const said = (outcome: string) => rows.filter((row) => row['outcome'] === outcome);
    for (const { code, key } of WRONG) {
      const keyId = key === 'not registered' ? null : key;
      expect(said(code)).toContainEqual(
        expect.objectContaining({ sender: 'health-commission', door: 'messages', key_id: keyId, body: null }),
      );
    }
    expect(rows.at(-1)).toMatchObject({
      outcome: 'no_signature',
      size: Buffer.byteLength(body),
      digest: createHash('sha256').update(body).digest(),
    });
    expect(said('broken')).toHaveLength(1);
    const [reused] = said('used_before') as [{ body: Buffer }];
    expect(reused.body.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(SECRET);
    expect(reused.body.includes(SECRET)).toBe(false);
    expect(moved).toEqual([]);
  });

  const MB = 1_048_576;
  interface TurnedAway {
    what: string;
    at?: string;
    door?: string;
    body: string;
    headers: Record<string, string>;
    status: number;
    as: string;
  }
  const JSON_TYPE = { 'content-type': 'application/json' };
  it.each<TurnedAway>([
    { what: 'more than a megabyte', body: 'x'.repeat(MB + 1), headers: JSON_TYPE, status: 413, as: 'body_too_large' },
    {
      ...{ what: 'another media type', body: '<a/>', headers: { 'content-type': 'text/xml' } },
      ...{ status: 415, as: 'unsupported_media_type' },
    },
    {
      ...{ what: 'a compressed body', body: '{}', headers: { ...JSON_TYPE, 'content-encoding': 'gzip' } },
      ...{ status: 415, as: 'unsupported_media_type' },
    },
    {
      ...{
        what: 'a task whose number is none',
        at: '/agency/v1/worklist/1%27/answers',
        body: '{}',
        headers: JSON_TYPE,
      },
      ...{ door: 'worklist', status: 404, as: 'not_read' },
    },
  ])('D11: $what is turned away unread, and leaves a row', async (sent) => {
    const { at = PATH, door = 'messages', body, headers, status, as: outcome } = sent;
    const before = await turnedAway();
    expect((await fetch(stack.apiUrl + at, { method: 'POST', headers, body })).status).toBe(status);
    const [row, ...others] = (await turnedAway()).slice(before.length);
    expect(row).toMatchObject({ door, outcome, size: Buffer.byteLength(body), body: null });
    expect(others).toEqual([]);
  });

  async function turnedAway(): Promise<object[]> {
    const client = new Client({ connectionString: stack.postgres.url });
    await client.connect();
    const { rows } = await client.query<object>(
      `select door, outcome, size, body from message_evidence
       where outcome in ('body_too_large', 'unsupported_media_type', 'not_read') order by id`,
    );
    await client.end();
    return rows;
  }

  const whole = ['@method', '@target-uri', 'content-digest', 'content-type'];
  const uncovered = (left: string): SignatureWish => ({ components: whole.filter((name) => name !== left) });
  const MUTATIONS: [string, Mutation][] = [
    ['another path', { at: PATH.replace('health', 'public').replace('commission', 'security') }],
    ['another host', { signedFor: (url) => url.replace(/127\.0\.0\.1:\d+/, 'platform.example') }],
    ['another method', { method: 'PUT' }],
    ['another query', { signedFor: (url) => `${url}?office=1` }],
    ['another body behind its digest', { body: JSON.stringify({ messageId: 'other' }) }],
    ['another digest', { headers: { 'content-digest': `sha-256=:${'A'.repeat(43)}=:` } }],
    ...whole.map((left): [string, Mutation] => [`${left} not covered`, { wish: uncovered(left) }]),
    ...['created', 'nonce', 'keyid', 'tag'].map((left): [string, Mutation] => [
      `no ${left}`,
      { wish: { without: [left] } },
    ]),
    ['another key', { by: 'police' }],
    ['another algorithm', { wish: { alg: 'ecdsa-p256-sha256' } }],
    ['no signature', { headers: { signature: '' } }],
    ['no header at all', { headers: { signature: '', 'signature-input': '' } }],
  ];

  async function mutated({ by, wish, at = PATH, method = 'POST', signedFor, body, headers }: Mutation) {
    const signed = JSON.stringify({ messageId: randomUUID() });
    const url = stack.apiUrl + PATH;
    const given = { method, url: signedFor?.(url) ?? url, body: signed };
    const all = { ...signerOf(by).headers(given, wish), ...headers };
    const kept = Object.entries(all).filter(([, value]) => value !== '');
    const reply = await fetch(stack.apiUrl + at, {
      method: 'POST',
      headers: Object.fromEntries(kept),
      body: body ?? signed,
    });
    const {
      instance: _instance,
      traceId: _traceId,
      requestId: _requestId,
      ...told
    } = (await reply.json()) as Record<string, unknown>;
    return { status: reply.status, told };
  }

  it.each(MUTATIONS)('D1: %s is 401, and the sender learns no more than from any other', async (_name, mutation) => {
    const { status, told } = await mutated(mutation);
    expect(status).toBe(401);
    expect(told).toEqual((await mutated({ by: 'stranger' })).told);
  });

  it('D2: the digest is of the bytes: the same message with one space more is another', async () => {
    const signed = JSON.stringify({ messageId: randomUUID() });
    expect(await mutated({ body: `${signed} ` })).toMatchObject({ status: 401 });
    expect(await mutated({})).toMatchObject({ status: 400, told: { code: 'bad_message' } });
  });

  it.each([
    ['61 s old', -61],
    ['11 s ahead', 12],
  ])('D3: a message %s is refused', async (_name, seconds) => {
    const created = Math.floor(Date.now() / 1000) + seconds;
    expect(await mutated({ wish: { created } })).toMatchObject({ status: 401 });
  });

  it('D3: a replay is refused, also when Redis has forgotten everything', async () => {
    const wish = { nonce: randomUUID() };
    expect(await mutated({ wish })).toMatchObject({ status: 400 });
    await stack.redis?.flushall();
    expect(stack.redis).not.toBeNull();
    expect(await mutated({ wish })).toMatchObject({ status: 401 });
  });

  it('D3: who saw an office ask for its worklist does not read it by the same request', async () => {
    const url = `${stack.apiUrl}/agency/v1/worklist?agency=health-commission`;
    const headers = signerOf(undefined).headers({ method: 'GET', url, body: '' });
    const statuses = await Promise.all(Array.from({ length: 8 }, async () => (await fetch(url, { headers })).status));
    expect(statuses.sort()).toEqual([200, ...Array.from({ length: 7 }, () => 401)]);
  });

  it('D12: a key is refused within minutes of its revocation, without a restart; its successor is taken', async () => {
    const before = published();
    const next = new AgencySigner('health-commission', 'health-commission-2');
    const { owner, keyId, publicKeyPem } = next;
    const entry = { owner, keyId, publicKeyPem, algorithm: 'ed25519' };
    const statusBy = async (signer: AgencySigner): Promise<number> => {
      const [url, body] = [stack.apiUrl + PATH, JSON.stringify({ messageId: randomUUID() })];
      const headers = signer.headers({ method: 'POST', url, body });
      return (await fetch(url, { method: 'POST', headers, body })).status;
    };
    publish([...before, entry]);
    await until(async () => (await statusBy(next)) === 400, 30_000, 'the new key');
    expect(await statusBy(signerOf(undefined))).toBe(400);
    publish([...before.filter((key) => key.keyId !== OWN), entry]);
    await until(async () => (await statusBy(signerOf(undefined))) === 401, 30_000, 'the end of the old key');
    expect(await statusBy(next)).toBe(400);
    publish(before);
    await until(async () => (await statusBy(signerOf(undefined))) === 400, 30_000, 'the old key again');
  });

  it('D1: a key that is bound to one hospital speaks of no other', async () => {
    const before = published();
    const [ours, other] = ['YYH001', 'YYH002'];
    const bound = new AgencySigner('hospital', 'hospital-of-one');
    const { owner, keyId, publicKeyPem } = bound;
    publish([...before, { owner, keyId, publicKeyPem, algorithm: 'ed25519', officeCode: ours }]);
    const statusOf = async (office: string): Promise<number> => {
      const url = `${stack.apiUrl}/agency/v1/birth-notifications`;
      const { facts } = aCouple().record;
      const occurredAt = new Date().toISOString();
      const body = JSON.stringify({ messageId: randomUUID(), occurredAt, office, records: [facts] });
      return (await fetch(url, { method: 'POST', headers: bound.headers({ method: 'POST', url, body }), body })).status;
    };
    await until(async () => (await statusOf(ours)) === 200, 30_000, 'the new key');
    expect(await statusOf(other)).toBe(401);
    await until(() => log().includes(`message refused: key_of_another, key ${keyId}"`), 5_000, 'a line');
    publish(before);
  });

  it('nothing of what was sent is in the log', async () => {
    await send({ by: 'stranger' });
    for (const sent of [SECRET, '王芳', '500235199103247584', '13800000001']) expect(log()).not.toContain(sent);
  });
});
