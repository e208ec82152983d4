import { randomUUID } from 'node:crypto';
import { PlatformDouble } from './platform-double';
import { certificateRequest, parent } from './requests';
import { gatewayHeaders, SandboxFixture, someIdNumber, someName, until, type HttpReply } from './sandbox-fixture';

const PATH = '/health-commission/gateway/birth-certificates';
const MESSAGES = '/agency/v1/health-commission/messages';

describe('health-commission over HTTP', () => {
  let platform: PlatformDouble;
  let sandbox: SandboxFixture;

  beforeAll(async () => {
    platform = await PlatformDouble.start();
    sandbox = await SandboxFixture.start({ PLATFORM_URL: platform.url });
  });

  afterAll(async () => {
    await sandbox.stop();
    await platform.stop();
  });

  afterEach(async () => {
    platform.answer = () => ({ status: 200 });
    await sandbox.send('DELETE', '/_sandbox/scenarios/health-commission');
  });

  const issue = (body: unknown, key: string): Promise<HttpReply> =>
    sandbox.gateway('POST', PATH, body, { 'idempotency-key': key });
  const query = (key: string): Promise<HttpReply> => sandbox.gateway('GET', `${PATH}/${key}`);
  const messagesOf = (key: string): Record<string, unknown>[] =>
    platform
      .messages(MESSAGES)
      .filter((one) => one['idempotencyKey'] === key)
      .sort((one, other) => Number(one['sequence']) - Number(other['sequence']));
  const codesOf = (key: string): unknown[] => messagesOf(key).map((one) => one['statusCode']);
  const status = async (key: string): Promise<unknown> => (await query(key)).json()['statusCode'];

  it('accepts at once, issues later and tells so by callback', async () => {
    const key = randomUUID();
    const name = someName();
    const first = (await issue(certificateRequest(name), key)).json();
    expect(first).toMatchObject({ code: '0', statusCode: '10', sequence: 1, idempotencyKey: key, certificate: null });
    const [message] = await until(
      () => messagesOf(key),
      (list) => list.length > 0,
    );
    expect(message).toMatchObject({ statusCode: '90', sequence: 2, receipt: first['receipt'] });
    expect(message?.['certificate']).toMatchObject({
      certificateNumber: expect.stringMatching(/^[A-Z]\d{9}$/) as unknown,
      newbornName: name,
      sexCode: '1',
      birthTime: '2026-11-02T08:30:00+08:00',
    });
    expect((await query(key)).json()).toMatchObject({ code: '0', certificate: message?.['certificate'] });
  });

  it('honours the key: the same request twice is one effect', async () => {
    const key = randomUUID();
    const body = certificateRequest(someName());
    await issue(body, key);
    await until(
      () => status(key),
      (code) => code === '90',
    );
    const again = (await issue(body, key)).json();
    expect(again['statusCode']).toBe('90');
    const { effects, entries } = await sandbox.ledger('health-commission');
    expect(effects.byKey[key]).toBe(1);
    expect(entries.filter((one) => one.key === key && one.kind === 'received')).toHaveLength(1);
  });

  it('refuses the same key with another body', async () => {
    const key = randomUUID();
    await issue(certificateRequest(someName()), key);
    const reply = await issue(certificateRequest(someName()), key);
    expect([reply.status, reply.json()['code']]).toEqual([409, '3001']);
  });

  it('says definitely that it never got a key', async () => {
    const reply = await query(randomUUID());
    expect([reply.status, reply.json()['code']]).toEqual([404, '4004']);
  });

  it('continues the case with a supplement: same receipt, new key, one effect', async () => {
    const name = someName();
    const [first, second] = [randomUUID(), randomUUID()];
    await sandbox.script('health-commission', {
      byName: { [name]: { kind: 'correction_once', fields: ['mother.name'], text: '母亲姓名有误' } },
    });
    const { receipt } = (await issue(certificateRequest(name), first)).json();
    const [message] = await until(
      () => messagesOf(first),
      (list) => list.length > 0,
    );
    expect(message).toMatchObject({ statusCode: '20', items: ['mother.name'], text: '母亲姓名有误' });
    const supplement = (await issue(certificateRequest(name, { supplementOf: receipt }), second)).json();
    expect(supplement).toMatchObject({ statusCode: '10', receipt, sequence: 3 });
    await until(
      () => status(second),
      (code) => code === '90',
    );
    expect(await status(first)).toBe('20');
    expect((await sandbox.ledger('health-commission')).effects.byKey).toMatchObject({ [second]: 1 });
  });

  it('gives a supplement of a finished case the same certificate', async () => {
    const name = someName();
    const [first, second] = [randomUUID(), randomUUID()];
    await issue(certificateRequest(name), first);
    const done = (
      await until(
        () => query(first),
        (one) => one.json()['statusCode'] === '90',
      )
    ).json();
    const again = (await issue(certificateRequest(name, { supplementOf: done['receipt'] }), second)).json();
    expect(again).toMatchObject({ statusCode: '90', certificate: done['certificate'] });
    const { effects } = await sandbox.ledger('health-commission');
    expect([effects.byKey[first], effects.byKey[second]]).toEqual([1, undefined]);
  });

  it.each([
    ['a missing field', { pickupMode: undefined }, '1001', 'pickupMode'],
    ["the parents' relation", { parentsRelation: 'married' }, '1002', 'parentsRelation'],
    [
      'a parity inside the newborn',
      { newborn: { ...(certificateRequest('甲')['newborn'] as object), parity: 2 } },
      '1002',
      'newborn.parity',
    ],
    ['a birth permit', { birthPermitNo: 'X' }, '1002', 'birthPermitNo'],
    ['a mobile of the mother', { mother: { ...parent(), mobile: '13800000000' } }, '1002', 'mother.mobile'],
    ['a bad value', { pickupMode: '3' }, '1003', 'pickupMode'],
    ['no parent at all', { mother: null }, '1001', 'mother'],
  ])('refuses %s', async (_, change, code, field) => {
    const reply = await issue(certificateRequest(someName(), change), randomUUID());
    expect([reply.status, reply.json()]).toEqual([400, expect.objectContaining({ code, field })]);
  });

  it.each([
    ['another token', () => gatewayHeaders('other'), '2001'],
    ['an old timestamp', () => gatewayHeaders(undefined, Math.floor(Date.now() / 1000) - 301), '2002'],
    ['no headers', () => ({}), '2001'],
  ])('lets nobody through with %s', async (_, headers, code) => {
    const reply = await sandbox.send('GET', `${PATH}/${randomUUID()}`, { headers: headers() });
    expect([reply.status, reply.json()['code']]).toEqual([401, code]);
  });

  it('lets a nonce through once', async () => {
    const headers = gatewayHeaders();
    const path = `${PATH}/${randomUUID()}`;
    await sandbox.send('GET', path, { headers });
    expect((await sandbox.send('GET', path, { headers })).json()['code']).toBe('2003');
  });

  it('withdraws what is not issued and refuses what is', async () => {
    const [open, issued] = [randomUUID(), randomUUID()];
    const name = someName();
    await sandbox.script('health-commission', { byName: { [name]: { kind: 'accept_slowly', delayMs: 60_000 } } });
    await issue(certificateRequest(name), open);
    await issue(certificateRequest(someName()), issued);
    await until(
      () => status(issued),
      (code) => code === '90',
    );
    const withdraw = async (key: string): Promise<unknown> =>
      (await sandbox.gateway('POST', `${PATH}/${key}/withdrawal`, { reasonCode: '1' })).json()['statusCode'];
    expect([await withdraw(open), await withdraw(open), await withdraw(issued)]).toEqual(['92', '92', '93']);
    expect(await status(issued)).toBe('90');
    const { entries } = await sandbox.ledger('health-commission');
    expect(entries.filter((one) => one.kind === 'withdrawn' && one.key === open)).toHaveLength(1);
  });

  describe('verification', () => {
    const verify = (body: Record<string, unknown>, key: string): Promise<HttpReply> =>
      sandbox.gateway('POST', '/health-commission/gateway/certificate-verifications', body, { 'idempotency-key': key });
    const enter = (certificateNumber: string, name: string): Promise<HttpReply> =>
      sandbox.send('POST', '/_sandbox/health-commission/certificates', {
        value: {
          certificateNumber,
          issuedOn: '2026-10-20',
          issuer: '外地医院',
          newborn: { name, sex: 'female', bornAt: '2026-10-19T03:00:00+08:00' },
          motherIdNo: null,
        },
      });
    const body = (certificateNo: string, newbornName: string): Record<string, unknown> => ({
      supplementOf: null,
      officeCode: 'YY-HOSP-01',
      certificateNo,
      newbornName,
      motherIdNo: someIdNumber(),
    });

    it('confirms a certificate that it knows', async () => {
      const [key, name] = [randomUUID(), someName()];
      await enter('L500000001', name);
      await verify(body('L500000001', name), key);
      const done = (
        await until(
          () => query(key),
          (one) => one.json()['statusCode'] === '90',
        )
      ).json();
      expect(done['certificate']).toMatchObject({ certificateNumber: 'L500000001', newbornName: name, sexCode: '2' });
    });

    it('refuses one whose name differs, with everything that a refusal needs', async () => {
      const key = randomUUID();
      await enter('L500000002', someName());
      await verify(body('L500000002', someName()), key);
      const refused = (
        await until(
          () => query(key),
          (one) => one.json()['statusCode'] === '91',
        )
      ).json();
      expect(Object.keys(refused['refusal'] as object).sort()).toEqual(
        ['documentNumber', 'legalBasis', 'office', 'reason', 'remedy'].sort(),
      );
    });

    it('asks the other place about an unknown one and ends when it answers', async () => {
      const [key, name] = [randomUUID(), someName()];
      await verify(body('L500000003', name), key);
      await until(
        () => codesOf(key),
        (codes) => codes.includes('31'),
      );
      await enter('L500000003', name);
      await until(
        () => codesOf(key),
        (codes) => codes.includes('90'),
      );
    });
  });

  describe('scripts', () => {
    const scripted = async (scenario: unknown): Promise<{ key: string; reply: HttpReply }> => {
      const [key, name] = [randomUUID(), someName()];
      await sandbox.script('health-commission', { byName: { [name]: scenario } });
      return { key, reply: await issue(certificateRequest(name), key) };
    };

    it('refuse: with reason, basis, number, office and remedy', async () => {
      const parts = { reason: '甲', legalBasis: '乙', documentNumber: '丙', remedy: '丁' };
      const { key } = await scripted({ kind: 'refuse', ...parts });
      const [message] = await until(
        () => messagesOf(key),
        (list) => list.length > 0,
      );
      expect(message).toMatchObject({ statusCode: '91', refusal: { ...parts, office: expect.any(String) as unknown } });
    });

    it('refuse without those: the parts are missing on the wire', async () => {
      const { key } = await scripted({ kind: 'refuse' });
      const [message] = await until(
        () => messagesOf(key),
        (list) => list.length > 0,
      );
      expect(Object.keys(message?.['refusal'] as object)).toEqual(['office']);
    });

    it('special_procedure: says until when, then goes on', async () => {
      const { key } = await scripted({ kind: 'special_procedure', days: 5, resumeAfterMs: 30 });
      await until(
        () => codesOf(key),
        (codes) => codes.join() === '30,90',
      );
      expect(messagesOf(key)[0]?.['until']).toMatch(/^\d{4}-\d\d-\d\d$/);
    });

    it('action_needed and illegal_ground carry their text', async () => {
      const action = await scripted({ kind: 'action_needed', text: '请到窗口' });
      const illegal = await scripted({ kind: 'illegal_ground' });
      await until(
        () => codesOf(action.key),
        (codes) => codes.includes('21'),
      );
      const [message] = await until(
        () => messagesOf(illegal.key),
        (list) => list.length > 0,
      );
      expect(message).toMatchObject({ statusCode: '20', text: expect.stringContaining('准生证') as unknown });
    });

    it('early_callback: the result arrives before the reply', async () => {
      const { key, reply } = await scripted({ kind: 'early_callback' });
      expect(codesOf(key)).toEqual(['90']);
      expect(reply.json()['statusCode']).toBe('10');
    });

    it('duplicate_callback: the same message twice, each with its own nonce', async () => {
      const { key } = await scripted({ kind: 'duplicate_callback' });
      const messages = await until(
        () => messagesOf(key),
        (list) => list.length === 2,
      );
      expect(messages[0]).toEqual(messages[1]);
      const inputs = platform.received.filter(({ json }) => json['idempotencyKey'] === key);
      expect(new Set(inputs.map(({ headers }) => headers['signature-input'])).size).toBe(2);
    });

    it('contradictory_callbacks: completed, then refused under another message id', async () => {
      const { key } = await scripted({ kind: 'contradictory_callbacks' });
      const messages = await until(
        () => messagesOf(key),
        (list) => list.length === 2,
      );
      expect(messages.map((one) => one['statusCode'])).toEqual(['90', '91']);
      expect(messages[0]?.['messageId']).not.toBe(messages[1]?.['messageId']);
      expect(await status(key)).toBe('90');
    });

    it('repeats a callback until it is taken, with the same message id', async () => {
      platform.refuseFirst(2, 503);
      const { key } = await scripted({ kind: 'accept_slowly', delayMs: 10 });
      const messages = await until(
        () => messagesOf(key),
        (list) => list.length >= 3,
      );
      expect(new Set(messages.map((one) => one['messageId'])).size).toBe(1);
    });
  });
});
