import { createVerifier, httpbis } from 'http-message-signatures';
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { platformHeaders, platformKey } from './platform-signature';
import { registrationRow } from './requests';
import { type HttpReply, SandboxFixture } from './sandbox-fixture';

const PATH = '/public-security/exchange/zzj_csdj';

describe('signed traffic of public-security', () => {
  let sandbox: SandboxFixture;
  beforeAll(async () => {
    sandbox = await SandboxFixture.start();
  });
  afterAll(() => sandbox.stop());

  const keys = (): string => sandbox.config().SANDBOX_KEYS_DIR;
  const row = () => registrationRow(randomUUID());
  type Signed = { path: string; body: string; headers: Record<string, string> };
  function signed(changes: { created?: number } = {}): Signed {
    const value = row();
    const [path, body] = [`${PATH}/${value.postid}`, JSON.stringify(value)];
    const url = sandbox.url + path;
    const headers = platformHeaders({ method: 'PUT', url, body, ...changes }, platformKey(keys(), 'ecdsa-p256-sha256'));
    return { path, body, headers };
  }
  const send = ({ path, body, headers }: Signed): Promise<HttpReply> => sandbox.send('PUT', path, { body, headers });

  it('a signed request is taken once: sent again it is a replay', async () => {
    const request = signed();
    expect((await send(request)).status).toBe(200);
    expect((await send(request)).status).toBe(401);
  });

  it.each<[string, (request: Signed) => Signed]>([
    ['another body', (request) => ({ ...request, body: request.body.replace('0101', '0102') })],
    ['another path', (request) => ({ ...request, path: `${request.path}0` })],
    ['no digest', ({ headers, ...rest }) => ({ ...rest, headers: { ...headers, 'content-digest': '' } })],
    ['no signature', ({ headers, ...rest }) => ({ ...rest, headers: { ...headers, signature: '' } })],
    [
      'a changed time',
      ({ headers, ...rest }) => ({ ...rest, headers: changed(headers, /created=\d+/, 'created=1793595000') }),
    ],
    ['another key id', ({ headers, ...rest }) => ({ ...rest, headers: changed(headers, 'p256-1', 'sm2-1') })],
    ['signed an hour ago', () => signed({ created: Math.floor(Date.now() / 1000) - 3_600 })],
  ])('%s: 401, and nothing is done', async (_name, change) => {
    const request = change(signed());
    expect(await send(request)).toMatchObject({ status: 401 });
    expect((await sandbox.ledger('public-security')).entries.map(({ key }) => key)).not.toContain(
      request.path.split('/').at(-1),
    );
  });

  it('its replies verify with another implementation, bound to the request', async () => {
    const { path, body, headers } = signed();
    const reply = await send({ path, body, headers });
    const published = JSON.parse(readFileSync(join(keys(), 'public.json'), 'utf8')) as Record<string, string>[];
    const pem = published.find(({ keyId }) => keyId === 'public-security-1')?.['publicKeyPem'] ?? '';
    const given = (name: string): string => String(reply.headers[name]);
    const names = ['content-type', 'content-digest', 'signature-input', 'signature'];
    const verified = (method: string) =>
      httpbis.verifyMessage(
        {
          keyLookup: ({ keyid }) =>
            Promise.resolve({ id: keyid ?? '', algs: ['ed25519'], verify: createVerifier(pem, 'ed25519') }),
          requiredFields: ['@status', 'content-digest'],
        },
        { status: reply.status, headers: Object.fromEntries(names.map((name) => [name, given(name)])) },
        { method, url: sandbox.url + path, headers: { ...headers } },
      );
    expect(given('signature-input')).toContain('"signature";req');
    expect(await verified('PUT')).toBe(true);
    expect(await verified('POST').catch(() => false)).toBe(false);
    expect(given('content-digest')).toBe(`sha-256=:${createHash('sha256').update(reply.bytes).digest('base64')}:`);
  });

  it('D12: a platform key that is taken out of the file is refused at once', async () => {
    const file = join(keys(), 'platform-public.json');
    const before = readFileSync(file, 'utf8');
    const left = (JSON.parse(before) as { algorithm: string }[]).filter(({ algorithm }) => algorithm === 'sm2');
    writeFileSync(file, JSON.stringify(left));
    expect((await send(signed())).status).toBe(401);
    writeFileSync(file, before);
    expect((await send(signed())).status).toBe(200);
  });
});

const changed = (headers: Record<string, string>, from: string | RegExp, to: string): Record<string, string> => ({
  ...headers,
  'signature-input': String(headers['signature-input']).replace(from, to),
});
