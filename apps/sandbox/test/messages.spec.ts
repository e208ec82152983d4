import { randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { PlatformDouble, type Received } from './platform-double';
import { SandboxFixture, someIdNumber, someName, until } from './sandbox-fixture';
import { isSigned } from './signed-message';

const NOTIFICATIONS = '/agency/v1/birth-notifications';

const birthRecord = (): Record<string, unknown> => ({
  motherName: someName(),
  motherIdentity: { type: 'resident_id_card', number: someIdNumber() },
  bornAt: '2026-11-02T08:30:00+08:00',
  sex: 'female',
  plurality: 2,
  deliveryOrder: 1,
  outcome: 'live',
  place: { region: '500235', kind: 'hospital' },
});

describe('what the sandbox sends to the platform', () => {
  let platform: PlatformDouble;
  let sandbox: SandboxFixture;
  let keysFile: string;

  beforeAll(async () => {
    platform = await PlatformDouble.start();
    sandbox = await SandboxFixture.start({ PLATFORM_URL: platform.url });
    keysFile = join(sandbox.config().SANDBOX_KEYS_DIR, 'public.json');
  });

  afterAll(async () => {
    await sandbox.stop();
    await platform.stop();
  });

  beforeEach(() => {
    platform.received.length = 0;
    platform.answer = () => ({ status: 200 });
  });

  const notify = (value: unknown): Promise<{ status: number; json: () => Record<string, unknown> }> =>
    sandbox.send('POST', '/_sandbox/hospital/birth-records', { value });

  const acknowledged = async () =>
    (await sandbox.send('GET', '/_sandbox/acknowledged')).json<{ messages: { signer: string; messageId: unknown }[] }>()
      .messages;

  it('is a birth notification that an independent library verifies', async () => {
    const reply = await notify({ office: 'YY-HOSP-01', records: [birthRecord(), birthRecord()] });
    expect(reply.status).toBe(202);
    expect(reply.json()).toMatchObject({ delivered: true, recordNumbers: [expect.any(String), expect.any(String)] });
    const [message] = platform.received as [Received];
    expect(message.json).toMatchObject({ office: 'YY-HOSP-01', records: [{ weightGrams: null }, { plurality: 2 }] });
    await expect(isSigned(message, keysFile)).resolves.toBe(true);
  });

  it.each([
    ['another body', (message: Received) => ({ ...message, body: Buffer.from('{}') })],
    ['another path', (message: Received) => ({ ...message, url: message.url + 'x' })],
    ['another method', (message: Received) => ({ ...message, method: 'PUT' })],
    [
      'another digest',
      (message: Received) => ({ ...message, headers: { ...message.headers, 'content-digest': 'sha-256=:AAAA:' } }),
    ],
  ])('is not verified with %s', async (_, change) => {
    await notify({ office: 'YY-HOSP-01', ...birthRecord() });
    const changed = change(platform.received[0] as Received);
    await expect(isSigned(changed, keysFile).catch(() => false)).resolves.toBe(false);
  });

  it('is sent again until taken: same message, new nonce, signed each time', async () => {
    platform.refuseFirst(2, 500);
    const { delivered, messageId } = (await notify({ office: 'YY-HOSP-01', ...birthRecord() })).json();
    expect(delivered).toBe(false);
    expect(await acknowledged()).not.toContainEqual({ signer: 'hospital', messageId });
    await until(
      () => platform.received.length,
      (count) => count === 3,
    );
    expect(new Set(platform.received.map(({ json }) => json['messageId'])).size).toBe(1);
    expect(new Set(platform.received.map(({ headers }) => headers['signature-input'])).size).toBe(3);
    for (const message of platform.received) expect(await isSigned(message, keysFile)).toBe(true);
    expect(platform.messages(NOTIFICATIONS)).toHaveLength(3);
    await until(acknowledged, (all) => all.some((one) => one.messageId === messageId));
    await sandbox.restart();
    expect((await acknowledged()).filter((one) => one.messageId === messageId)).toEqual([
      { signer: 'hospital', messageId },
    ]);
  });

  it.each([
    ['no office', birthRecord()],
    ['a parity', { office: 'X', ...birthRecord(), parity: 2 }],
    ['a bad outcome', { office: 'X', ...birthRecord(), outcome: 'alive' }],
    ['no record', { office: 'X', records: [] }],
  ])('refuses a birth record with %s', async (_, value) => {
    expect((await notify(value)).status).toBe(400);
    expect(platform.received).toHaveLength(0);
  });

  it('publishes the keys of every signer and keeps the private ones to itself', () => {
    const keys = JSON.parse(readFileSync(keysFile, 'utf8')) as Record<string, string>[];
    expect(
      keys
        .filter((key) => key['algorithm'] === 'ed25519')
        .map((key) => key['owner'])
        .sort(),
    ).toEqual(
      [
        'disease-control',
        'government-portal',
        'health-commission',
        'hospital',
        'human-resources',
        'health-population',
        'education-commission',
        'civil-affairs',
        'medical-insurance-population',
        'medical-insurance',
        'public-security',
        'tax-administration',
      ].sort(),
    );
    for (const key of keys) {
      expect(key['publicKeyPem']).toContain('BEGIN PUBLIC KEY');
      const file = join(sandbox.config().SANDBOX_KEYS_DIR, `${key['owner'] ?? ''}.key.pem`);
      expect(statSync(file).mode & 0o777).toBe(0o600);
    }
  });

  it('keeps its keys over a restart', async () => {
    const before = readFileSync(keysFile, 'utf8');
    await sandbox.restart();
    expect(readFileSync(keysFile, 'utf8')).toBe(before);
  });
});

describe('access tokens', () => {
  let sandbox: SandboxFixture;

  beforeAll(async () => {
    sandbox = await SandboxFixture.start({ SANDBOX_ISSUER: 'https://issuer.example' });
  });

  afterAll(() => sandbox.stop());

  const order = async (value: unknown): Promise<{ status: number; token: string }> => {
    const reply = await sandbox.send('POST', '/_sandbox/tokens', { value });
    return { status: reply.status, token: String(reply.json()['accessToken']) };
  };

  it('are verifiable by the key set and carry the claims asked for', async () => {
    const subject = randomUUID();
    const identity = { type: 'resident_id_card', number: someIdNumber(), name: someName(), mobile: '13800000000' };
    const { status, token } = await order({ subject, audience: 'applicant', claims: { verified_identity: identity } });
    const keySet = createLocalJWKSet((await sandbox.send('GET', '/_sandbox/jwks.json')).json<JSONWebKeySet>());
    const { payload, protectedHeader } = await jwtVerify(token, keySet, {
      issuer: 'https://issuer.example',
      audience: 'applicant',
      subject,
      typ: 'at+jwt',
      algorithms: ['ES256'],
    });
    expect(status).toBe(201);
    expect(payload['verified_identity']).toEqual(identity);
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3_600);
    expect(protectedHeader.typ).toBe('at+jwt');
  });

  it.each([
    [{ role: 'clerk' }, ['clerk']],
    [{ roles: ['supervisor', 'auditor'] }, ['supervisor', 'auditor']],
  ])('carry the roles of %j', async (wish, roles) => {
    const { token } = await order({ subject: 's', audience: 'clerk', ...wish });
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<
      string,
      unknown
    >;
    expect(claims['roles']).toEqual(roles);
  });

  it('carry a clerk’s limits, and none that were not asked for', async () => {
    const limits = { regions: ['500235'], agencies: ['*'] };
    const { token } = await order({ subject: 's', audience: 'clerk', role: 'clerk', ...limits });
    const text = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    const { regions, agencies, offices } = JSON.parse(text) as Record<string, unknown>;
    expect({ regions, agencies, offices }).toEqual({ ...limits, offices: undefined });
  });

  it.each([
    [{ audience: 'x' }],
    [{ subject: 'x' }],
    [{ subject: 's', audience: 'a', roles: [1] }],
    [{ subject: 's', audience: 'a', regions: '*' }],
    ['text'],
  ])('are refused for %j', async (value) => {
    expect((await sandbox.send('POST', '/_sandbox/tokens', { value })).status).toBe(400);
  });
});
