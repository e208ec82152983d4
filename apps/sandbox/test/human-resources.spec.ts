import { randomUUID } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import { decode, encode } from 'iconv-lite';
import { SandboxFixture, someName, until, type HttpReply } from './sandbox-fixture';
import { card, cardDocument as documentOf, type Elements } from './requests';

const PATH = '/human-resources/service/card-applications';

interface CardReply {
  status: number;
  type: string;
  head: Record<string, string>;
  body: Record<string, unknown>;
}

function parse(reply: HttpReply): CardReply {
  const text = reply.type.endsWith('GBK') ? decode(reply.bytes, 'gbk') : reply.bytes.toString('utf8');
  const { response } = new XMLParser({ parseTagValue: false }).parse(text) as {
    response: { head: Record<string, string>; body?: Record<string, unknown> };
  };
  return { status: reply.status, type: reply.type, head: response.head, body: response.body ?? {} };
}

describe('human-resources over HTTP', () => {
  let sandbox: SandboxFixture;

  beforeAll(async () => {
    sandbox = await SandboxFixture.start();
  });

  afterAll(() => sandbox.stop());

  afterEach(() => sandbox.send('DELETE', '/_sandbox/scenarios/human-resources'));

  const post = async (body: Buffer | string, charset = 'UTF-8'): Promise<CardReply> =>
    parse(
      await sandbox.send('POST', PATH, { body, headers: { 'content-type': `application/xml; charset=${charset}` } }),
    );
  const apply = (key: string, values: Elements): Promise<CardReply> => post(documentOf(key, values));
  const byKey = async (key: string): Promise<CardReply> => parse(await sandbox.send('GET', `${PATH}?key=${key}`));
  const progress = (key: string, wanted: string): Promise<CardReply> =>
    until(
      () => byKey(key),
      ({ body }) => body['progress'] === wanted,
    );

  it('takes the record into the open batch, closes it, passes it to the bank and accepts it', async () => {
    const key = randomUUID();
    const first = await apply(key, card());
    expect(first.body).toMatchObject({ progress: '01', serialNo: key, seq: '1', refusal: '', errorFields: '' });
    const done = await progress(key, '04');
    const stages = sandbox
      .stages('human-resources', key)
      .map((stage) => ('detail' in stage ? stage.detail : stage.kind));
    expect(stages).toEqual(['received', 'batch_closed', 'bank', 'done']);
    expect(done.body).toMatchObject({ recordNo: first.body['recordNo'], batchNo: first.body['batchNo'] });
    const same = parse(await sandbox.send('GET', `${PATH}/${String(first.body['recordNo'])}`));
    expect(same.body['progress']).toBe('04');
  });

  it('says definitely that it never got a key or number', async () => {
    const unknown = await byKey(randomUUID());
    expect([unknown.status, unknown.body['progress'], unknown.body['recordNo']]).toEqual([200, '99', '']);
    expect(parse(await sandbox.send('GET', `${PATH}/AAZ0`)).body['progress']).toBe('99');
  });

  it('does not honour the key: sending twice makes two records, the first is found', async () => {
    const [key, values] = [randomUUID(), card()];
    const first = await apply(key, values);
    const second = await apply(key, values);
    expect(first.body['recordNo']).not.toBe(second.body['recordNo']);
    expect((await byKey(key)).body['recordNo']).toBe(first.body['recordNo']);
    await until(
      () => sandbox.ledger('human-resources'),
      ({ effects }) => effects.doubledKeys.includes(key),
    );
  });

  it('puts records of the same moment into one batch', async () => {
    const slow = await SandboxFixture.start({ SANDBOX_PACE_MS: 3_600_000 });
    try {
      const send = async (): Promise<unknown> =>
        parse(
          await slow.send('POST', PATH, {
            body: documentOf(randomUUID(), card()),
            headers: { 'content-type': 'application/xml; charset=UTF-8' },
          }),
        ).body['batchNo'];
      expect(new Set([await send(), await send(), await send()]).size).toBe(1);
    } finally {
      await slow.stop();
    }
  });

  it('speaks GBK when spoken to in GBK', async () => {
    const key = randomUUID();
    const name = someName();
    const reply = await post(encode(documentOf(key, card({ AAC003: name }), 'GBK'), 'gbk'), 'GBK');
    expect([reply.type, reply.body['progress']]).toEqual(['application/xml; charset=GBK', '01']);
    const { entries } = await sandbox.ledger('human-resources');
    expect(entries.find((one) => one.key === key)?.newborn.name).toBe(name);
  });

  it('gbk_text: replies in GBK anyway', async () => {
    const [key, values] = [randomUUID(), card()];
    await sandbox.script('human-resources', { byName: { [values['AAC003'] ?? '']: { kind: 'gbk_text' } } });
    expect((await apply(key, values)).type).toBe('application/xml; charset=GBK');
  });

  it.each([
    [
      { kind: 'bank_refuses' },
      '90',
      {
        refusal: {
          office: '合作银行云阳支行',
          legalBasis: expect.any(String) as unknown,
          remedy: expect.any(String) as unknown,
          documentNo: expect.any(String) as unknown,
          reason: expect.any(String) as unknown,
        },
      },
    ],
    [
      { kind: 'refuse', reason: '甲', legalBasis: '乙', documentNumber: '丙', remedy: '丁' },
      '92',
      {
        refusal: {
          reason: '甲',
          legalBasis: '乙',
          documentNo: '丙',
          remedy: '丁',
          office: '云阳县人力资源和社会保障局',
        },
      },
    ],
    [
      { kind: 'refuse' },
      '92',
      { refusal: { reason: '', legalBasis: '', documentNo: '', remedy: '', office: '云阳县人力资源和社会保障局' } },
    ],
    [
      { kind: 'correction_once', fields: ['AAC003', 'AAC006'], text: '<姓名> & 日期' },
      '91',
      { errorFields: { field: ['AAC003', 'AAC006'] }, text: '<姓名> & 日期' },
    ],
    [
      { kind: 'special_procedure', days: 2, resumeAfterMs: 60_000 },
      '05',
      { until: expect.stringMatching(/^\d{8}$/) as unknown },
    ],
    [{ kind: 'special_procedure', days: 2, coordinated: true, resumeAfterMs: 60_000 }, '06', {}],
    [{ kind: 'action_needed', text: '请到网点', resumeAfterMs: 60_000 }, '07', { text: '请到网点' }],
  ])('plays %j', async (scenario, code, expected) => {
    const [key, values] = [randomUUID(), card()];
    await sandbox.script('human-resources', { byName: { [values['AAC003'] ?? '']: scenario } });
    await apply(key, values);
    expect((await progress(key, code)).body).toMatchObject(expected);
  });

  it('continues a corrected record under the same number', async () => {
    const [first, second, values] = [randomUUID(), randomUUID(), card()];
    await sandbox.script('human-resources', { byName: { [values['AAC003'] ?? '']: { kind: 'correction_once' } } });
    const { recordNo } = (await apply(first, values)).body;
    await progress(first, '91');
    const supplement = await apply(second, { ...values, YRECORDNO: String(recordNo) });
    expect(supplement.body['recordNo']).toBe(recordNo);
    await progress(second, '04');
    expect((await apply(randomUUID(), card({ YRECORDNO: 'AAZ0' }))).head['resultCode']).toBe('E205');
  });

  it.each([
    ['a missing element', { AAC003: undefined }, 'E201', 'AAC003'],
    ["the parents' relation", { AAC017: '20' }, 'E202', 'AAC017'],
    ['a birth permit', { ZSZ: 'X' }, 'E202', 'ZSZ'],
    ['a bad value', { AAC006: '2026-11-02' }, 'E203', 'AAC006'],
    ['mail without address', { LQFS: '2' }, 'E203', 'YJSJR'],
    ['an address without mail', { YJDZ: '某处' }, 'E203', 'YJDZ'],
  ])('refuses %s', async (_, change, code, field) => {
    const values = Object.fromEntries(
      Object.entries({ ...card(), ...change }).filter(([, value]) => value !== undefined),
    );
    const reply = await apply(randomUUID(), values as Elements);
    expect([reply.status, reply.head['resultCode'], reply.head['field']]).toEqual([400, code, field]);
  });

  it.each([
    ['no XML', 'text'],
    ['a document type', `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE a><request/>`],
    ['an element twice', documentOf(randomUUID(), card()).replace('<AAC004>', '<AAC003>B</AAC003><AAC004>')],
    ['another charset than declared', documentOf(randomUUID(), card(), 'GBK')],
    ['an open element', '<?xml version="1.0" encoding="UTF-8"?>\n<request><head>'],
  ])('does not read %s', async (_, body) => {
    const reply = await post(body);
    expect([reply.status, reply.head['resultCode']]).toEqual([400, 'E204']);
  });
});
