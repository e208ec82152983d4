import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { PlatformClient } from '../../../apps/standalone/src/demo/platform-client';
import { Stack } from '../../../apps/standalone/src/stack/stack';
import { aFamily } from '../../support/families';

jest.setTimeout(60_000);

interface Refusal {
  status: number;
  type: string | null;
  body: { code: string; title: string; errors?: { pointer: string; code: string; message: string }[] };
}

describe('what the api says to bad input, over HTTP', () => {
  let stack: Stack;
  let client: PlatformClient;
  let token: string;
  const folder = mkdtempSync(join(tmpdir(), 'birth-contract-'));
  const { form, mother } = aFamily();

  beforeAll(async () => {
    stack = await Stack.start({ queue: 'postgres', split: false, folder });
    client = new PlatformClient(stack.apiUrl, stack.sandboxUrl);
    token = await client.token({ name: mother.identity!.name, identity: mother.identity! });
  });
  afterAll(async () => {
    await client.close();
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function send(path: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Refusal> {
    const response = await fetch(stack.apiUrl + path, {
      method: 'POST',
      body: new Uint8Array(Buffer.from(body)),
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'idempotency-key': 'contract',
        ...headers,
      },
    });
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      body: (await response.json()) as Refusal['body'],
    };
  }

  const changed = (change: (copy: typeof form) => void): string => {
    const copy = structuredClone(form);
    change(copy);
    return JSON.stringify(copy);
  };

  const storedCases = async (): Promise<number> => {
    const database = new Client({ connectionString: stack.postgres.url });
    await database.connect();
    const { rows } = await database.query<{ count: string }>('select count(*) from application');
    await database.end();
    return Number(rows[0]!.count);
  };

  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 19) + '+08:00';
  type Case = [string, string, number, string, string?];
  const forms: Case[] = [
    [
      'a wrong check character',
      changed(
        (f) =>
          (f.mother!.identity.number =
            f.mother!.identity.number.slice(0, 17) + (f.mother!.identity.number.endsWith('X') ? '1' : 'X')),
      ),
      422,
      'bad_check_character',
      '/mother/identity/number',
    ],
    [
      'a birth in the future',
      changed((f) => (f.newborns[0]!.birth!.bornAt = tomorrow)),
      422,
      'birth_in_future',
      '/newborns/0/birth/bornAt',
    ],
    [
      'a delivery order above the plurality',
      changed((f) => (f.newborns[0]!.birth!.deliveryOrder = 2)),
      422,
      'delivery_order_above_plurality',
      '/newborns/0/birth',
    ],
    [
      'a card without the insurance',
      changed(
        (f) => (f.newborns[0]!.services = ['birth_certificate', 'household_registration', 'social_security_card']),
      ),
      422,
      'card_needs_insurance',
      '/newborns/0/services',
    ],
    [
      'an insurance desk that is none',
      changed((f) => (f.newborns[0]!.insurance!.townUnit = 'YYI999')),
      422,
      'unknown_code',
      '/newborns/0/insurance/townUnit',
    ],
    ['neither parent', changed((f) => (f.mother = null)), 422, 'parent_missing', '/mother'],
    [
      'an unknown ethnic group',
      changed((f) => (f.newborns[0]!.ethnicity = '77')),
      422,
      'unknown_code',
      '/newborns/0/ethnicity',
    ],
    [
      'an unknown country',
      changed((f) => (f.newborns[0]!.nationality = 'XYZ')),
      422,
      'unknown_code',
      '/newborns/0/nationality',
    ],
    [
      'an unknown office',
      changed((f) => (f.newborns[0]!.vaccination!.unitOfficeCode = 'NOBODY')),
      422,
      'unknown_code',
      '/newborns/0/vaccination/unitOfficeCode',
    ],
    [
      'an unknown service',
      changed((f) => (f.newborns[0]!.services = ['baptism' as never])),
      400,
      'unknown_code',
      '/newborns/0/services',
    ],
    [
      'an unknown property',
      changed((f) => Object.assign(f.newborns[0]!, { parity: 2 })),
      400,
      'unknown_property',
      '/newborns/0/parity',
    ],
    [
      'a hospital-owned fact',
      changed(
        (f) => ((f.newborns[0]!.birth!.place = { region: '500235', kind: 'hospital' }), (f.newborns[0]!.existing = {})),
      ),
      422,
      'hospital_owned_fact',
      '/newborns/0/birth',
    ],
    ['a stillbirth', changed((f) => (f.newborns[0]!.outcome = 'stillborn')), 422, 'stillbirth', '/newborns/0/outcome'],
    [
      'a child’s number of another day',
      changed(
        (f) =>
          (f.newborns[0]!.existing = { birthCertificateNumber: 'L510000001', residentIdNumber: '11010519491231002X' }),
      ),
      422,
      'birth_date_mismatch',
      '/newborns/0/existing/residentIdNumber',
    ],
    [
      'somebody else’s identity',
      changed((f) => (f.applicant.identity = { type: 'resident_id_card', number: '11010519491231002X' })),
      422,
      'applicant_not_verified',
      '/applicant/identity/number',
    ],
    ['no declaration', changed((f) => (f.declarations = [])), 422, 'declaration_missing', '/declarations'],
    [
      'a name with digits',
      changed((f) => (f.newborns[0]!.name!.given = '安1')),
      422,
      'name_digit',
      '/newborns/0/name/given',
    ],
  ];

  it.each(forms)('%s', async (...[, body, status, code, pointer]) => {
    const before = await storedCases();
    const refusal = await send('/v1/applications', body);
    expect(refusal.status).toBe(status);
    expect(refusal.type).toContain('application/problem+json');
    const errors = refusal.body.errors ?? [];
    expect(errors.map((error) => [error.pointer, error.code])).toContainEqual([pointer, code]);
    expect(errors.every(({ message }) => message.length > 3)).toBe(true);
    expect(JSON.stringify(refusal.body)).not.toContain(form.mother!.name);
    expect(await storedCases()).toBe(before);
  });

  const text = JSON.stringify(form);
  it.each<Case>([
    ['NUL', text.replace('示例路', '\\u0000'), 400, 'nul_character'],
    ['a lone surrogate', text.replace('示例路', '\\ud800'), 400, 'lone_surrogate'],
    ['2 MB', JSON.stringify({ ...form, x: 'x'.repeat(2_000_000) }), 413, 'body_too_large'],
    ['120,000 levels', '['.repeat(120_000) + ']'.repeat(120_000), 400, 'too_deep'],
    [
      'duplicate keys',
      text.replace('"parentsRelation"', '"parentsRelation":"married","parentsRelation"'),
      400,
      'duplicate_key',
    ],
    ['__proto__', text.replace('{', '{"__proto__":{"x":1},'), 400, 'forbidden_key'],
    ['half a document', text.slice(0, 100), 400, 'malformed_json'],
    ['nothing', '', 400, 'body_must_be_object'],
    ['a list', '[]', 400, 'body_must_be_object'],
  ])('%s', async (_name, body, status, code) => {
    const before = await storedCases();
    const refusal = await send('/v1/applications', body);
    expect([refusal.status, refusal.body.code]).toEqual([status, code]);
    expect(refusal.type).toContain('application/problem+json');
    expect(await storedCases()).toBe(before);
  });

  it('bytes that are not UTF-8', async () => {
    const refusal = await send('/v1/applications', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]));
    expect([refusal.status, refusal.body.code]).toEqual([400, 'malformed_json']);
  });

  it.each([
    ['no token', { authorization: '' }, 401, 'token_required'],
    ['a made-up token', { authorization: 'Bearer a.b.c' }, 401, 'token_invalid'],
    ['no idempotency key', { 'idempotency-key': '' }, 400, 'idempotency_key_required'],
    ['another media type', { 'content-type': 'text/plain' }, 415, 'unsupported_media_type'],
    ['a compressed body', { 'content-encoding': 'gzip' }, 415, 'unsupported_media_type'],
  ])('%s', async (_name, headers, status, code) => {
    const refusal = await send('/v1/applications', text, headers);
    expect([refusal.status, refusal.body.code]).toEqual([status, code]);
  });

  it.each([
    ['GET', '/v1/nowhere?name=secret', 404, 'not_found'],
    ['GET', '/v1/applications/not-an-id', 404, 'not_found'],
    ['GET', '/v1/applications/01920000-0000-7000-8000-000000000000', 404, 'not_found'],
    ['GET', '/%E0%A4%A', 400, 'bad_request'],
    ['DELETE', '/v1/applications', 405, 'method_not_allowed'],
    ['GET', `/v1/applications/${'a'.repeat(300)}`, 414, 'uri_too_long'],
    ['GET', '/v1/applications?limit=101', 400, 'invalid_request'],
    ['GET', '/v1/applications?colour=red', 400, 'invalid_request'],
  ])('%s %s', async (method, path, status, code) => {
    const response = await fetch(stack.apiUrl + path, { method, headers: { authorization: `Bearer ${token}` } });
    const body = (await response.json()) as { code: string };
    expect([response.status, body.code]).toEqual([status, code]);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  it('speaks English when asked', async () => {
    const { body } = await send('/v1/applications', '[]', { 'accept-language': 'en' });
    expect(body.title).toBe('The body must be a JSON object');
  });

  const overSocket = (lines: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(stack.apiUrl).port), '127.0.0.1', () => socket.write(lines));
      let reply = '';
      socket
        .on('data', (chunk) => (reply += chunk.toString()))
        .on('close', () => resolve(reply))
        .on('error', reject);
    });

  it('headers beyond 16 kB are 431, two hosts 400, both as problems', async () => {
    const big = await overSocket(`GET /health/live HTTP/1.1\r\nHost: x\r\nX-Big: ${'y'.repeat(20_000)}\r\n\r\n`);
    expect(big).toMatch(/^HTTP\/1.1 431 [\s\S]*problem\+json[\s\S]*headers_too_large/);
    const hosts = await overSocket('GET /health/live HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: close\r\n\r\n');
    expect(hosts).toMatch(/^HTTP\/1.1 400 [\s\S]*bad_request/);
  });

  it('keeps data out of caches and frames, and does not name its make', async () => {
    const { headers } = await fetch(`${stack.apiUrl}/v1/services`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('strict-transport-security')).toContain('max-age=31536000');
    expect([headers.get('server'), headers.get('x-powered-by')]).toEqual([null, null]);
  });

  it.each([
    ['viewer', 'retries', 403],
    ['clerk', 'retries', 404],
  ])('a clerk of role %s who asks for %s of an unknown step gets %i', async (role, what, status) => {
    const clerk = await client.clerkToken(role);
    const response = await fetch(`${stack.apiUrl}/clerk/v1/steps/01920000-0000-7000-8000-000000000000/${what}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${clerk}`, 'content-type': 'application/json' },
      body: JSON.stringify({ expectedVersion: 1, reason: 'because' }),
    });
    expect(response.status).toBe(status);
  });

  it('an applicant’s token opens no clerk’s door, and the other way round', async () => {
    const clerk = await client.clerkToken('supervisor');
    const doors = [
      ['/clerk/v1/steps', token],
      ['/v1/applications', clerk],
    ] as const;
    for (const [path, key] of doors) {
      const response = await fetch(stack.apiUrl + path, { headers: { authorization: `Bearer ${key}` } });
      expect(response.status).toBe(401);
    }
  });

  it('an unsigned message of an agency is 401 without detail', async () => {
    const refusal = await send('/agency/v1/health-commission/messages', '{"messageId":"x"}');
    expect([refusal.status, refusal.body.code]).toEqual([401, 'signature_invalid']);
  });

  it('files, shows, lists, follows live, tracks by the receipt, and shows a foreign case to nobody', async () => {
    const { form: other, mother: parent } = aFamily();
    const own = await client.token({ name: parent.identity!.name, identity: parent.identity! });
    const filed = await client.send({ path: '/v1/applications', token: own, body: other });
    expect(filed.status).toBe(201);
    const { id, caseNumber, queryPassword } = filed.body as Record<string, string>;
    expect((await client.get(`/v1/applications/${id}`, own)).body).toMatchObject({ id, caseNumber });
    expect((await client.get('/v1/applications', own)).body['items']).toMatchObject([{ id, caseNumber }]);
    expect((await client.get(`/v1/applications/${id}`, token)).status).toBe(404);
    expect((await client.get(`/v1/applications/${id}/events`, token)).status).toBe(404);
    const track = await fetch(`${stack.apiUrl}/v1/track`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ caseNumber, queryPassword }),
    });
    const tracked = await track.text();
    expect(track.status).toBe(200);
    expect(tracked).not.toContain(other.mother!.name);
    const stream = await fetch(`${stack.apiUrl}/v1/applications/${id}/stream`, {
      headers: { authorization: `Bearer ${own}`, 'last-event-id': '0' },
    });
    const reader = stream.body!.getReader();
    let seen = '';
    while (!/id: 3\n/.test(seen)) seen += new TextDecoder().decode((await reader.read()).value);
    await reader.cancel();
    expect(seen).toMatch(/id: 1\ndata: {"seq":1/);
  });

  it('a query password that is wrong five times locks the case', async () => {
    const { form: other, mother: parent } = aFamily();
    const own = await client.token({ name: parent.identity!.name, identity: parent.identity! });
    const { body } = await client.send({ path: '/v1/applications', token: own, body: other });
    const attempt = async () => {
      const reply = await fetch(`${stack.apiUrl}/v1/track`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ caseNumber: body['caseNumber'], queryPassword: 'WRONGWRONG' }),
      });
      return reply.status;
    };
    const statuses = [];
    for (let tries = 0; tries < 6; tries += 1) statuses.push(await attempt());
    expect(statuses).toEqual([404, 404, 404, 404, 404, 423]);
  });
});
