import { randomUUID } from 'node:crypto';
import { AGENCIES, type Agency } from '../src/agencies';
import { gatewayHeaders, SandboxFixture, type HttpReply } from './sandbox-fixture';

/** A call that asks for something which is not there: harmless, answered by every agency but one. */
const QUERIES: readonly [Agency, string, string][] = [
  ['health-commission', 'GET', `/health-commission/gateway/birth-certificates/${randomUUID()}`],
  ['public-security', 'GET', `/public-security/exchange/zzj_csdj/${randomUUID()}`],
  ['human-resources', 'GET', `/human-resources/service/card-applications?key=${randomUUID()}`],
];

describe('faults of an agency', () => {
  let sandbox: SandboxFixture;

  beforeAll(async () => {
    sandbox = await SandboxFixture.start();
  });

  afterAll(() => sandbox.stop());

  afterEach(async () => {
    for (const agency of AGENCIES) await sandbox.send('DELETE', `/_sandbox/scenarios/${agency}`);
  });

  const get = (path: string): Promise<HttpReply> => sandbox.send('GET', path, { headers: gatewayHeaders() });

  it.each(QUERIES)('%s is down as often as told, then answers', async (agency, _, path) => {
    await sandbox.script(agency, { all: { kind: 'down', times: 2 } });
    const replies = [await get(path), await get(path), await get(path)];
    expect(replies.map(({ status }) => status).slice(0, 2)).toEqual([503, 503]);
    expect(replies[0]?.headers['retry-after']).toBeUndefined();
    expect([200, 404]).toContain(replies[2]?.status);
  });

  it.each(QUERIES)('%s asks to come back later', async (agency, _, path) => {
    await sandbox.script(agency, { all: { kind: 'unavailable', retryAfterSeconds: 7, times: 1 } });
    const [first, second] = [await get(path), await get(path)];
    expect([first.status, first.headers['retry-after']]).toEqual([429, '7']);
    expect(second.status).not.toBe(429);
  });

  it.each(QUERIES)('%s shows a page of its proxy', async (agency, _, path) => {
    await sandbox.script(agency, { all: { kind: 'html_error_page' } });
    const [first, second] = [await get(path), await get(path)];
    expect([first.status, first.type]).toEqual([200, 'text/html; charset=utf-8']);
    expect(second.type).not.toContain('html');
  });

  it('garbage: the effect is there, the reply is unreadable', async () => {
    const person = {
      gmsfhm: '500235202611010011',
      xm: '李安',
      hh: '1',
      zzdz: 'X',
      pcs: 'X',
      pcsmc: 'X',
      djrq: '20261103',
    };
    await sandbox.send('POST', '/_sandbox/public-security/persons', { value: person });
    await sandbox.script('public-security', { byName: { 李安: { kind: 'garbage' } } });
    const value = { hclsh: randomUUID(), gmsfhm: person.gmsfhm, xm: '李安', csrq: '20261101' };
    const reply = await sandbox.send('POST', '/public-security/exchange/rkhc', { value });
    expect(reply.status).toBe(200);
    expect(reply.type).toBe('application/json; charset=UTF-8');
    expect(() => reply.json()).toThrow(SyntaxError);
    expect((await sandbox.ledger('public-security')).effects.byKey[value.hclsh]).toBe(1);
    expect((await sandbox.send('POST', '/public-security/exchange/rkhc', { value })).json()['hcjg']).toBe('1');
  });

  it("one agency's faults are not another's", async () => {
    await sandbox.script('health-commission', { all: { kind: 'down', times: 5 } });
    for (const [agency, , path] of QUERIES.filter(([one]) => one !== 'health-commission')) {
      expect([agency, (await get(path)).status]).not.toContain(503);
    }
  });

  it.each([
    ['an unknown agency', 'nobody', { all: { kind: 'gbk_text' } }],
    ['an unknown kind', 'public-security', { all: { kind: 'sleepy' } }],
    ['a missing option', 'public-security', { all: { kind: 'down' } }],
    ['an option too many', 'public-security', { all: { kind: 'gbk_text', times: 1 } }],
    ['an unknown member', 'public-security', { everybody: { kind: 'gbk_text' } }],
    ['a bad scenario of a name', 'public-security', { byName: { 李安: { kind: 'down', times: 0 } } }],
  ])('a script with %s is refused', async (_, agency, value) => {
    expect((await sandbox.send('PUT', `/_sandbox/scenarios/${agency}`, { value })).status).toBe(400);
  });

  it('merges scripts, and a name goes before all', async () => {
    await sandbox.script('human-resources', { all: { kind: 'gbk_text' } });
    await sandbox.script('human-resources', { byName: { 李安: { kind: 'bank_refuses' } } });
    const shown = (await sandbox.send('GET', '/_sandbox/scenarios/human-resources')).json();
    expect(shown).toMatchObject({
      all: { scenario: { kind: 'gbk_text' } },
      byName: { 李安: { scenario: { kind: 'bank_refuses' } } },
    });
  });
});
