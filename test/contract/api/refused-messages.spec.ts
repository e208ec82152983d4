import { createHash, createPrivateKey, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { until } from '../../../apps/standalone/src/embedded/until';
import { Stack } from '../../../apps/standalone/src/stack/stack';
import { AgencySigner, type SignatureWish } from '../../support/agency-signer';

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
    stack = await Stack.start({ queue: 'postgres', split: false, folder });
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

  it('nothing of what was sent is in the log', async () => {
    await send({ by: 'stranger' });
    for (const sent of [SECRET, '王芳', '500235199103247584', '13800000001']) expect(log()).not.toContain(sent);
  });
});
