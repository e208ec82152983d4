import { createPrivateKey, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

  it('nothing of what was sent is in the log', async () => {
    await send({ by: 'stranger' });
    for (const sent of [SECRET, '王芳', '500235199103247584', '13800000001']) expect(log()).not.toContain(sent);
  });
});
