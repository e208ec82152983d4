import { gatewayHeaders, SandboxFixture, someIdNumber, someName, type HttpReply } from './sandbox-fixture';
import { childRequest } from './requests';

const PATH = '/disease-control/api/v1/children';

describe('disease-control over HTTP', () => {
  let sandbox: SandboxFixture;

  beforeAll(async () => {
    sandbox = await SandboxFixture.start();
  });

  afterAll(() => sandbox.stop());

  afterEach(() => sandbox.send('DELETE', '/_sandbox/scenarios/disease-control'));

  const register = (value: unknown): Promise<HttpReply> => sandbox.gateway('POST', PATH, value);
  const script = (name: string, scenario: unknown): Promise<void> =>
    sandbox.script('disease-control', { byName: { [name]: scenario } });

  it('opens a record at once', async () => {
    const reply = (await register(childRequest('王芳之女'))).json();
    expect(reply).toMatchObject({
      resultCode: '0000',
      errorFields: [],
      refusal: null,
      record: { childName: '王芳之女', sexCode: '2', birthTime: '2026-11-02 08:30:00', birthOrder: 1 },
    });
  });

  it('answers "exists" with the same record on a repeat: one effect per natural key', async () => {
    const child = childRequest(someName());
    const first = (await register(child)).json();
    const again = (await register(child)).json();
    expect(again).toMatchObject({ resultCode: '0001', record: first['record'], receiptNo: first['receiptNo'] });
    const { effects, entries } = await sandbox.ledger('disease-control');
    expect(effects.doubledNaturalKeys).toEqual([]);
    expect(entries.every((one) => one.key === null)).toBe(true);
  });

  it('tells twins apart by delivery order, and takes the father where no mother is given', async () => {
    const mother = { motherName: null, motherIdType: null, motherIdNo: null };
    const father = { fatherName: someName(), fatherIdType: '01', fatherIdNo: someIdNumber() };
    const first = childRequest(someName(), { ...mother, ...father, birthCount: 2 });
    await register(first);
    const second = (await register({ ...first, birthOrder: 2 })).json();
    expect([second['resultCode'], (await register(first)).json()['resultCode']]).toEqual(['0000', '0001']);
  });

  it('has no query by natural key', async () => {
    const reply = await sandbox.gateway('GET', PATH);
    expect(reply.status).toBe(404);
  });

  it('takes the name that follows, once and again', async () => {
    const child = childRequest('王芳之子');
    const { record } = (await register(child)).json<{ record: { childCode: string } }>();
    const fields = { childName: '李安', birthCertificateNo: 'Z500000001', personId: null };
    const followed = (await sandbox.gateway('PUT', `${PATH}/${record.childCode}`, fields)).json();
    expect(followed).toMatchObject({ resultCode: '0000', record: { childName: '李安' } });
    await sandbox.gateway('PUT', `${PATH}/${record.childCode}`, fields);
    const { entries } = await sandbox.ledger('disease-control');
    const own = entries.filter((one) => one.results?.['childCode'] === record.childCode);
    expect(own.map((one) => [one.kind, one.newborn.name])).toEqual([
      ['final', '王芳之子'],
      ['amended', '李安'],
    ]);
    expect((await sandbox.gateway('PUT', `${PATH}/none`, fields)).status).toBe(404);
  });

  it.each([
    [
      { kind: 'correction_once', fields: ['residenceAddress'], text: '地址不详' },
      { resultCode: '1001', errorFields: ['residenceAddress'], resultMsg: '地址不详' },
    ],
    [{ kind: 'illegal_ground' }, { resultCode: '1001', resultMsg: expect.stringContaining('准生证') as unknown }],
    [
      { kind: 'action_needed', text: '请到门诊' },
      { resultCode: '1002', resultMsg: '请到门诊' },
    ],
    [
      { kind: 'refuse', reason: '甲', legalBasis: '乙', documentNumber: '丙', remedy: '丁' },
      {
        resultCode: '2001',
        refusal: {
          reason: '甲',
          legalBasis: '乙',
          documentNumber: '丙',
          remedy: '丁',
          office: '云阳县疾病预防控制中心',
        },
      },
    ],
    [
      { kind: 'special_procedure', days: 3 },
      { resultCode: '3001', until: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as unknown },
    ],
    [{ kind: 'special_procedure', days: 3, coordinated: true }, { resultCode: '3002' }],
  ])('plays %j', async (scenario, expected) => {
    const name = someName();
    await script(name, scenario);
    expect((await register(childRequest(name))).json()).toMatchObject({ record: null, ...expected });
  });

  it('takes the corrected request as a supplement of the same case', async () => {
    const name = someName();
    await script(name, { kind: 'correction_once' });
    const child = childRequest(name);
    const { receiptNo } = (await register(child)).json();
    const corrected = (await register({ ...child, supplementOf: receiptNo })).json();
    expect(corrected).toMatchObject({ resultCode: '0000', receiptNo });
    const unknown = await register({ ...childRequest(someName()), supplementOf: 'YJ0' });
    expect([unknown.status, unknown.json()['code']]).toEqual([404, '4005']);
  });

  it('accept_slowly: the reply itself is slow', async () => {
    const name = someName();
    await script(name, { kind: 'accept_slowly', delayMs: 120 });
    const before = Date.now();
    expect((await register(childRequest(name))).json()['resultCode']).toBe('0000');
    expect(Date.now() - before).toBeGreaterThanOrEqual(115);
  });

  it('timeout_after_work: the record is there, the reply is not; the repeat says so', async () => {
    const name = someName();
    const child = childRequest(name);
    await script(name, { kind: 'timeout_after_work' });
    const lost = sandbox.send('POST', PATH, { value: child, headers: gatewayHeaders(), timeoutMs: 200 });
    await expect(lost).rejects.toThrow();
    expect((await register(child)).json()['resultCode']).toBe('0001');
  });

  it.each([
    ['a missing field', { unitCode: undefined }, '1101', 'unitCode'],
    ['a parity', { parity: 2 }, '1102', 'parity'],
    ['a bad value', { birthTime: '2026-11-02T08:30:00+08:00' }, '1103', 'birthTime'],
    ['half a parent', { motherIdNo: null }, '1101', 'motherName'],
    ['no parent', { motherName: null, motherIdType: null, motherIdNo: null }, '1101', 'motherIdNo'],
  ])('refuses %s', async (_, change, code, field) => {
    const reply = await register(childRequest(someName(), change));
    expect([reply.status, reply.json()]).toEqual([400, expect.objectContaining({ code, field })]);
  });
});
