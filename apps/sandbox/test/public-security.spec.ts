import { randomUUID } from 'node:crypto';
import { decode } from 'iconv-lite';
import { checkCharacter, SandboxFixture, someIdNumber, someName, until, type HttpReply } from './sandbox-fixture';
import { registrationRow as row } from './requests';

const PATH = '/public-security/exchange/zzj_csdj';

describe('public-security over HTTP', () => {
  let sandbox: SandboxFixture;

  beforeAll(async () => {
    sandbox = await SandboxFixture.start();
  });

  afterAll(() => sandbox.stop());

  afterEach(() => sandbox.send('DELETE', '/_sandbox/scenarios/public-security'));

  const put = (value: Record<string, unknown>): Promise<HttpReply> =>
    sandbox.send('PUT', `${PATH}/${String(value['postid'])}`, { value });
  const read = (postid: string): Promise<HttpReply> => sandbox.send('GET', `${PATH}/${postid}`);
  const stateOf = async (postid: string): Promise<Record<string, unknown>> => (await read(postid)).json();
  const finished = (postid: string): Promise<Record<string, unknown>> =>
    until(
      () => stateOf(postid),
      (state) => state['flag'] === '1',
    );
  const scripted = async (scenario: unknown): Promise<Record<string, unknown>> => {
    const value = row(randomUUID());
    await sandbox.script('public-security', { byName: { [String(value['xm'])]: scenario } });
    return value;
  };

  it('takes the row, waits for the paper and allots an ID number', async () => {
    const value = row(randomUUID());
    const first = (await put(value)).json();
    expect(first).toMatchObject({ flag: null, zzzt: null, gmsfhm: null, ywlsh: expect.any(String) as unknown });
    const state = await finished(String(value['postid']));
    const papers = sandbox
      .stages('public-security', String(value['postid']))
      .flatMap((stage) => (stage.kind === 'working' ? [stage.detail] : [stage.kind]));
    expect(papers).toEqual(['received', '待收', '已收', '已裁', 'done']);
    expect(state).toMatchObject({
      xm: value['xm'],
      xb: '1',
      csrq: '20261102',
      zzdz: '双江街道1号',
      ywlsh: first['ywlsh'],
    });
  });

  it.each([
    ['1', 1],
    ['2', 0],
  ])('allots numbers of GB 11643 that fit birth date and sex %s, each only once', async (xb, parity) => {
    const rows = Array.from({ length: 5 }, () => row(randomUUID(), { xb }));
    await Promise.all(rows.map(put));
    const numbers = await Promise.all(
      rows.map(async (one) => String((await finished(String(one['postid'])))['gmsfhm'])),
    );
    for (const number of numbers) {
      expect(number.slice(0, 14)).toBe('50023520261102');
      expect(Number(number[16]) % 2).toBe(parity);
      expect(number[17]).toBe(checkCharacter(number.slice(0, 17)));
    }
    expect(new Set(numbers).size).toBe(rows.length);
  });

  it('honours the unique postid', async () => {
    const value = row(randomUUID());
    await put(value);
    await finished(String(value['postid']));
    expect((await put(value)).json()['flag']).toBe('1');
    const other = await put({ ...value, hkszdxz: '别处' });
    expect([other.status, other.json()['cwdm']]).toEqual([409, 'E409']);
    expect((await sandbox.ledger('public-security')).effects.byKey[String(value['postid'])]).toBe(1);
  });

  it('says definitely that a row is not there', async () => {
    const reply = await read(randomUUID());
    expect([reply.status, reply.json()['cwdm']]).toEqual([404, 'E404']);
  });

  it('continues after a correction under the same ywlsh', async () => {
    const value = await scripted({ kind: 'correction_once', fields: ['hzxm'], text: '户主姓名不符' });
    const postid = String(value['postid']);
    await put(value);
    const asked = await until(
      () => stateOf(postid),
      (state) => state['flag'] === '2',
    );
    expect(asked).toMatchObject({ cwxx: '户主姓名不符', cwzd: ['hzxm'] });
    const supplement = { ...value, postid: randomUUID(), bcpc: '1', yywlsh: asked['ywlsh'] };
    expect((await put(supplement)).json()['ywlsh']).toBe(asked['ywlsh']);
    await finished(supplement.postid);
    const unknown = await put({ ...value, postid: randomUUID(), bcpc: '1', yywlsh: 'HK0' });
    expect([unknown.status, unknown.json()['cwdm']]).toEqual([404, 'E405']);
  });

  it.each([
    [
      { kind: 'refuse', reason: '甲', legalBasis: '乙', documentNumber: '丙', remedy: '丁' },
      { flag: '3', jjyy: '甲', flyj: '乙', wsbh: '丙', jjtj: '丁', bljg: '云阳县公安局' },
    ],
    [
      { kind: 'refuse', reason: '甲' },
      { flag: '3', jjyy: '甲', flyj: null, wsbh: null, jjtj: null },
    ],
    [
      { kind: 'special_procedure', days: 7, resumeAfterMs: 60_000 },
      { flag: '0', tscx: '1', tsjzrq: expect.stringMatching(/^\d{8}$/) as unknown },
    ],
    [
      { kind: 'special_procedure', days: 7, coordinated: true, resumeAfterMs: 60_000 },
      { flag: '0', tscx: '2' },
    ],
    [
      { kind: 'action_needed', text: '请到所', resumeAfterMs: 60_000 },
      { flag: '0', tscx: '3', cwxx: '请到所' },
    ],
    [
      { kind: 'illegal_ground', text: '请提供准生证' },
      { flag: '2', cwxx: '请提供准生证' },
    ],
  ])('plays %j', async (scenario, expected) => {
    const value = await scripted(scenario);
    await put(value);
    const state = await until(
      () => stateOf(String(value['postid'])),
      (now) => now['flag'] !== null,
    );
    expect(state).toMatchObject(expected);
  });

  it('gbk_text: the bytes and the content type are GBK', async () => {
    const value = await scripted({ kind: 'gbk_text' });
    await put(value);
    const state = await until(
      () => read(String(value['postid'])),
      (reply) => (JSON.parse(decode(reply.bytes, 'gbk')) as Record<string, unknown>)['flag'] === '1',
    );
    expect(state.type).toBe('application/json; charset=GBK');
    expect(JSON.parse(decode(state.bytes, 'gbk'))).toMatchObject({ xm: value['xm'], zzzt: '已裁' });
    expect(state.bytes.toString('utf8')).not.toContain('已裁');
  });

  it('withdraws before the number is allotted and not after', async () => {
    const slow = await scripted({ kind: 'accept_slowly', delayMs: 60_000 });
    const done = row(randomUUID());
    await put(slow);
    await put(done);
    await finished(String(done['postid']));
    const withdraw = async (one: Record<string, unknown>): Promise<unknown> =>
      (await sandbox.send('POST', `${PATH}/${String(one['postid'])}/cx`, { value: { cxyy: '1' } })).json()['cxzt'];
    expect([await withdraw(slow), await withdraw(slow), await withdraw(done)]).toEqual(['1', '1', '2']);
  });

  describe('rkhc', () => {
    const check = async (value: Record<string, unknown>): Promise<Record<string, unknown>> =>
      (await sandbox.send('POST', '/public-security/exchange/rkhc', { value })).json();

    it('knows who was registered here, at a counter, and nobody else', async () => {
      const value = row(randomUUID());
      await put(value);
      const { gmsfhm } = await finished(String(value['postid']));
      const counter = {
        gmsfhm: someIdNumber('20261101'),
        xm: someName(),
        hh: '1',
        zzdz: '某处',
        pcs: 'X',
        pcsmc: 'X派出所',
        djrq: '20261103',
      };
      await sandbox.send('POST', '/_sandbox/public-security/persons', { value: counter });
      const ask = (id: unknown, xm: unknown, csrq: string): Promise<Record<string, unknown>> =>
        check({ hclsh: randomUUID(), gmsfhm: id, xm, csrq });
      expect(await ask(gmsfhm, value['xm'], '20261102')).toMatchObject({ hcjg: '1', zzdz: '双江街道1号' });
      expect(await ask(counter.gmsfhm, counter.xm, '20261101')).toMatchObject({ hcjg: '1', pcsmc: 'X派出所' });
      expect(await ask(counter.gmsfhm, someName(), '20261101')).toMatchObject({ hcjg: '2', hh: null });
      expect(await ask(someIdNumber('20261104'), someName(), '20261104')).toMatchObject({ hcjg: '0' });
    });

    it('is one effect however often it is repeated', async () => {
      const person = {
        gmsfhm: someIdNumber('20261030'),
        xm: someName(),
        hh: '1',
        zzdz: '某处',
        pcs: 'X',
        pcsmc: 'X',
        djrq: '20261103',
      };
      await sandbox.send('POST', '/_sandbox/public-security/persons', { value: person });
      const value = { hclsh: randomUUID(), gmsfhm: person.gmsfhm, xm: person.xm, csrq: '20261030' };
      await check(value);
      await check(value);
      expect((await sandbox.ledger('public-security')).effects.byKey[value.hclsh]).toBe(1);
    });
  });

  it.each([
    ['a missing column', { xm: undefined }, 'E400', 'xm'],
    ['a parity', { hcs: '2' }, 'E402', 'hcs'],
    ['a birth permit', { zszbh: 'X' }, 'E402', 'zszbh'],
    ["a column of the agency's own", { flag: '1' }, 'E402', 'flag'],
    ['another category', { csdjlb: '0102' }, 'E403', 'csdjlb'],
    ['half a parent', { fqxm: null }, 'E400', 'fqxm'],
    ['a supplement number without case', { bcpc: '1' }, 'E400', 'yywlsh'],
  ])('refuses %s', async (_, change, code, column) => {
    const reply = await put(row(randomUUID(), change));
    expect([reply.status, reply.json()]).toEqual([400, expect.objectContaining({ cwdm: code, cwzd: [column] })]);
  });
});
