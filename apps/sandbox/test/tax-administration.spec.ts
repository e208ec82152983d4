import { randomUUID } from 'node:crypto';
import { PlatformDouble } from './platform-double';
import { noticeRequest } from './requests';
import { type HttpReply, SandboxFixture, someName, until } from './sandbox-fixture';

const PATH = '/tax-administration/social-premiums/notices';
const MESSAGES = '/agency/v1/tax-administration/messages';

describe('tax-administration over HTTP', () => {
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
  afterEach(() => sandbox.send('DELETE', '/_sandbox/scenarios/tax-administration'));

  const ask = (key: string, body: unknown): Promise<HttpReply> =>
    sandbox.gateway('POST', PATH, body, { 'idempotency-key': key });
  const query = async (key: string) => (await sandbox.gateway('GET', `${PATH}/${key}`)).json();
  const cancel = async (key: string) =>
    (await sandbox.gateway('POST', `${PATH}/${key}/cancellation`, { reasonCode: '1' })).json();
  const pay = async (noticeNo: unknown, amount: unknown): Promise<number> =>
    (await sandbox.send('POST', '/_sandbox/tax-administration/payments', { value: { noticeNo, amount } })).status;
  const told = (key: string) => platform.messages(MESSAGES).filter((message) => message['idempotencyKey'] === key);

  it('says what is due, takes the payment once, and tells of it', async () => {
    const key = randomUUID();
    const body = noticeRequest(someName());
    const due = (await ask(key, body)).json();
    expect(due).toMatchObject({ code: '0', statusCode: '21', amount: 40_000, feeYear: '2026', payment: null });
    expect(due['text']).toContain('应征凭证号');
    expect((await ask(key, body)).json()).toEqual(due);
    expect(await pay(due['noticeNo'], 39_999)).toBe(409);
    expect(await pay(due['noticeNo'], 40_000)).toBe(201);
    expect(await pay(due['noticeNo'], 40_000)).toBe(409);
    const [message] = await until(
      () => told(key),
      (messages) => messages.length > 0,
    );
    expect(message).toMatchObject({
      statusCode: '90',
      amount: 40_000,
      payment: { coverTo: '2026-12-31', paidAt: expect.stringMatching(/\+08:00$/) as unknown },
    });
    const { messageId: _id, ...state } = message as Record<string, unknown>;
    expect(await query(key)).toEqual({ code: '0', ...state });
    const { effects } = await sandbox.ledger('tax-administration');
    expect([effects.byKey[key], effects.doubledNaturalKeys]).toEqual([1, []]);
  });

  it('has one notice for a person and year, whatever the key', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    const body = noticeRequest(someName());
    const due = (await ask(first, body)).json();
    await pay(due['noticeNo'], 40_000);
    const again = (await ask(second, body)).json();
    expect(again).toMatchObject({ noticeNo: due['noticeNo'], statusCode: '90' });
    const other = (await ask(randomUUID(), { ...body, feeYear: '2027' })).json();
    expect(other['noticeNo']).not.toBe(due['noticeNo']);
    expect((await sandbox.ledger('tax-administration')).effects.doubledNaturalKeys).toEqual([]);
  });

  it('honours the key for the same body alone', async () => {
    const key = randomUUID();
    await ask(key, noticeRequest(someName()));
    const conflict = await ask(key, noticeRequest(someName()));
    expect([conflict.status, conflict.json()['code']]).toEqual([409, '3001']);
  });

  it('cancels what is not paid, and keeps what is', async () => {
    const [open, paid] = [randomUUID(), randomUUID()];
    await ask(open, noticeRequest(someName()));
    expect(await cancel(open)).toMatchObject({ statusCode: '92' });
    expect(await cancel(open)).toMatchObject({ statusCode: '92' });
    const due = (await ask(paid, noticeRequest(someName()))).json();
    await pay(due['noticeNo'], 40_000);
    expect(await cancel(paid)).toMatchObject({ statusCode: '93' });
    expect(await query(paid)).toMatchObject({ statusCode: '90' });
  });

  it('may find that nothing is due', async () => {
    const name = someName();
    await sandbox.script('tax-administration', { byName: { [name]: { kind: 'subsidised_zero' } } });
    const reply = (await ask(randomUUID(), noticeRequest(name))).json();
    expect(reply).toMatchObject({ statusCode: '80', amount: 0, payment: { coverTo: '2026-12-31' } });
  });

  it('may change the amount while it is not paid, and tells of it', async () => {
    const [key, name] = [randomUUID(), someName()];
    await sandbox.script('tax-administration', { byName: { [name]: { kind: 'amount_changed', amount: 42_000 } } });
    const due = (await ask(key, noticeRequest(name))).json();
    expect(due['amount']).toBe(40_000);
    await until(
      () => told(key),
      (messages) => messages.some((message) => message['amount'] === 42_000),
    );
    expect(await pay(due['noticeNo'], 40_000)).toBe(409);
    expect(await pay(due['noticeNo'], 42_000)).toBe(201);
  });

  it('assesses for a while, and asks then', async () => {
    const [key, name] = [randomUUID(), someName()];
    await sandbox.script('tax-administration', { byName: { [name]: { kind: 'accept_slowly', delayMs: 20 } } });
    expect((await ask(key, noticeRequest(name))).json()).toMatchObject({ statusCode: '10', amount: null });
    await until(
      () => query(key),
      (state) => state['statusCode'] === '21',
    );
  });

  it.each([
    ['a field too many', { sexCode: '1' }, '1002', 'sexCode'],
    ['a year that is none', { feeYear: '26' }, '1003', 'feeYear'],
    ['a field too few', { certNo: undefined }, '1001', 'certNo'],
  ])('refuses %s', async (_what, change, code, field) => {
    const reply = await ask(randomUUID(), noticeRequest(someName(), change));
    expect([reply.status, reply.json()]).toMatchObject([400, { code, field }]);
  });

  it('says definitely that it never got a key, and wants one', async () => {
    expect(await query(randomUUID())).toMatchObject({ code: '4004' });
    expect((await ask('none', noticeRequest(someName()))).json()).toMatchObject({ code: '1005' });
    expect((await sandbox.send('POST', PATH, { value: {} })).status).toBe(401);
    expect(await pay('YZ0', 1)).toBe(404);
  });
});
