import { randomUUID } from 'node:crypto';
import { callInsurance, envelope, sm2Signature, type InsuranceReply } from './insurance-client';
import { SandboxFixture, someIdNumber, someName, until } from './sandbox-fixture';
import { insuranceRegistration as registration, somebody, type InsuredPerson as Person } from './requests';

/** Well formed, over another text. */
const FOREIGN = 'MEUCICBZ4FrI3HKhNqmKbwFxcubQ1cG61MZsXIU1rIOr28VyAiEA3z1cPql7Yxk8WerM+paX4ZQnhm8z5Ik+Bn3Ple/Yukw=';

describe('medical-insurance over HTTP', () => {
  let sandbox: SandboxFixture;

  beforeAll(async () => {
    sandbox = await SandboxFixture.start();
  });

  afterAll(() => sandbox.stop());

  afterEach(() => sandbox.send('DELETE', '/_sandbox/scenarios/medical-insurance'));

  const call = (infno: string, data: unknown, enctype: '' | 'SM4' = ''): Promise<InsuranceReply> =>
    callInsurance(sandbox, infno, data, enctype);
  const query = async (bizsn: unknown): Promise<Record<string, unknown>> => (await call('1903', { bizsn })).output;
  const effective = (bizsn: unknown): Promise<Record<string, unknown>> =>
    until(
      () => query(bizsn),
      (state) => state['rslt_stas'] === '1',
    );
  const script = (person: Person, scenario: unknown): Promise<void> =>
    sandbox.script('medical-insurance', { byName: { [person.psn_name]: scenario } });

  it.each(['', 'SM4'] as const)('registers: query, pre-check, save, verify (enctype "%s")', async (enctype) => {
    const person = somebody();
    expect((await call('1101', person, enctype)).output).toEqual({ psninfo: [] });
    const check = { ...person, insu_admdvs: '500235', insutype: '390', years: ['2026'] };
    expect((await call('1901', check, enctype)).output).toMatchObject({ chk_rslt: '1', chk_code: null });
    const saved = (await call('2901', registration(person), enctype)).output;
    expect(saved).toMatchObject({ rslt_stas: '0', crt_insu_date: null, psn_no: expect.any(String) as unknown });
    const verified = await until(
      async () => (await call('1902', { psn_no: saved['psn_no'] }, enctype)).output,
      (output) => output['psn_insu_stas'] === '1',
    );
    expect(verified).toMatchObject({ psn_name: person.psn_name, insu_admdvs: '500235' });
    expect((await call('1101', person, enctype)).output).toMatchObject({
      psninfo: [{ psn_insu_stas: '1', gend: '1' }],
    });
    expect((await call('1901', check, enctype)).output).toMatchObject({ chk_rslt: '0', chk_code: '01' });
  });

  it('is found by business number, definitely not found otherwise', async () => {
    const data = registration(somebody());
    expect(await query(data['bizsn'])).toEqual({ found: '0' });
    await call('2901', data);
    expect(await effective(data['bizsn'])).toMatchObject({ found: '1', bizsn: data['bizsn'], upd_date: null });
  });

  it('does not honour the business number: saving twice registers twice, and the ledger shows it', async () => {
    const data = registration(somebody());
    const first = (await call('2901', data)).output;
    const second = (await call('2901', data)).output;
    expect(first['reg_no']).not.toBe(second['reg_no']);
    await until(
      () => sandbox.ledger('medical-insurance'),
      ({ effects }) => effects.doubledKeys.includes(String(data['bizsn'])),
    );
  });

  it('save_ok_verify_fails: so many looks say "not yet"', async () => {
    const person = somebody();
    await script(person, { kind: 'save_ok_verify_fails', times: 3 });
    const data = registration(person);
    const { psn_no } = (await call('2901', data)).output;
    const verify = async (): Promise<unknown> => (await call('1902', { psn_no })).output['psn_insu_stas'];
    expect([await verify(), (await query(data['bizsn']))['rslt_stas'], await verify()]).toEqual(['0', '0', '0']);
    expect((await sandbox.ledger('medical-insurance')).effects.byKey[String(data['bizsn'])]).toBeUndefined();
    expect(await verify()).toBe('1');
    expect((await sandbox.ledger('medical-insurance')).effects.byKey[String(data['bizsn'])]).toBe(1);
  });

  it('continues a corrected registration under the same number', async () => {
    const person = somebody();
    await script(person, { kind: 'correction_once', fields: ['emp_no'], text: '单位编号不符' });
    const first = registration(person);
    await call('2901', first);
    const asked = await until(
      () => query(first['bizsn']),
      (state) => state['rslt_stas'] === '2',
    );
    expect(asked).toMatchObject({ err_fields: ['emp_no'], rslt_msg: '单位编号不符' });
    const second = registration(person, { supplement_of: asked['reg_no'] });
    expect((await call('2901', second)).output['reg_no']).toBe(asked['reg_no']);
    await effective(second['bizsn']);
    expect((await call('2901', registration(person, { supplement_of: 'CB0' }))).infcode).toBe('-404');
  });

  it('enrols on the birth certificate and updates the identity once', async () => {
    const person = { psn_cert_type: '15', certno: 'Z500000077', psn_name: someName() };
    const { psn_no } = (await call('2901', registration(person))).output;
    const citizen = someIdNumber('20261102');
    const update = {
      bizsn: randomUUID(),
      psn_no,
      psn_name: person.psn_name,
      old_certno: person.certno,
      new_psn_cert_type: '01',
      new_certno: citizen,
    };
    await until(
      async () => (await call('1902', { psn_no })).output,
      (output) => output['psn_insu_stas'] === '1',
    );
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect((await call('2902', update)).output).toMatchObject({
        rslt_stas: '1',
        psn_no,
        upd_date: expect.any(String) as unknown,
      });
    }
    const renamed = { ...person, psn_cert_type: '01', certno: citizen };
    expect((await call('1101', renamed)).output).toMatchObject({ psninfo: [{ psn_no, psn_insu_stas: '1' }] });
    expect((await sandbox.ledger('medical-insurance')).effects.byKey[update.bizsn]).toBe(1);
    expect((await call('2902', { ...update, bizsn: randomUUID(), psn_no: '0' })).infcode).toBe('-404');
  });

  it('withdraws before the effect and not after', async () => {
    const [slow, done] = [somebody(), somebody()];
    await script(slow, { kind: 'accept_slowly', delayMs: 60_000 });
    const [open, finished] = [registration(slow), registration(done)];
    await call('2901', open);
    await call('2901', finished);
    await effective(finished['bizsn']);
    const withdraw = async (bizsn: unknown): Promise<unknown> =>
      (await call('2903', { bizsn, reason: '1' })).output['rslt_stas'];
    expect([await withdraw(open['bizsn']), await withdraw(open['bizsn']), await withdraw(finished['bizsn'])]).toEqual([
      '7',
      '7',
      '8',
    ]);
    expect((await call('2903', { bizsn: randomUUID(), reason: '1' })).infcode).toBe('-404');
  });

  it.each([
    [
      { kind: 'refuse', reason: '甲', legalBasis: '乙', documentNumber: '丙', remedy: '丁' },
      {
        rslt_stas: '3',
        refusal: { reason: '甲', legal_basis: '乙', doc_no: '丙', office: '云阳县医疗保障局', remedy: '丁' },
      },
    ],
    [
      { kind: 'refuse', legalBasis: '乙' },
      { rslt_stas: '3', refusal: { legal_basis: '乙', office: '云阳县医疗保障局' } },
    ],
    [
      { kind: 'special_procedure', days: 2, resumeAfterMs: 60_000 },
      { rslt_stas: '4', due_date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as unknown },
    ],
    [{ kind: 'special_procedure', days: 2, coordinated: true, resumeAfterMs: 60_000 }, { rslt_stas: '5' }],
    [
      { kind: 'action_needed', text: '请缴费', resumeAfterMs: 60_000 },
      { rslt_stas: '6', rslt_msg: '请缴费' },
    ],
  ])('plays %j', async (scenario, expected) => {
    const person = somebody();
    await script(person, scenario);
    const data = registration(person);
    await call('2901', data);
    const state = await until(
      () => query(data['bizsn']),
      (now) => now['rslt_stas'] !== '0',
    );
    expect(state).toMatchObject(expected);
  });

  it.each([
    ['a signature over something else', { signature: FOREIGN }, '-101'],
    ['a key that nobody named', { keyid: 'platform-sm2-9' }, '-101'],
    ['a key of another algorithm', { keyid: 'platform-p256-1' }, '-101'],
    ['a changed input', { input: { data: {} } }, '-101'],
    ['an unknown member', { extra: 1 }, '-103'],
    ['no signature', { signature: undefined }, '-103'],
  ])('does not open an envelope with %s', async (_, change, infcode) => {
    const value = { ...envelope(sandbox, '1101', { data: somebody() }), ...change };
    const reply = await sandbox.send('POST', '/medical-insurance/fsi/api', { value });
    expect(reply.json()).toMatchObject({ infcode, output: {} });
  });

  it('says which infno it does not know and what it cannot decipher', async () => {
    expect((await call('9999', {})).infcode).toBe('-104');
    const sealed = { ...envelope(sandbox, '1101', {}, 'SM4'), encinput: 'AAAA' };
    const { msgid, inf_time } = sealed as unknown as Record<string, string>;
    const value = {
      ...sealed,
      signature: sm2Signature(sandbox, '1101', msgid ?? '', inf_time ?? '', 'platform-sm2-1', 'AAAA'),
    };
    expect((await sandbox.send('POST', '/medical-insurance/fsi/api', { value })).json()['infcode']).toBe('-102');
  });

  it.each([
    ['a missing field', { gend: undefined }, '-201', 'data.gend'],
    ["the parents' relation", { fmhyqk: '1' }, '-202', 'data.fmhyqk'],
    ['a birth order', { birth_order: 1 }, '-202', 'data.birth_order'],
    ['a bad value', { years: [] }, '-203', 'data.years'],
  ])('refuses %s', async (_, change, infcode, field) => {
    const reply = await call('2901', JSON.parse(JSON.stringify(registration(somebody(), change))));
    expect([reply.infcode, reply.err_msg]).toEqual([infcode, field]);
  });
});
