import { createPrivateKey, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../../apps/standalone/src/embedded/until';
import { PlatformClient } from '../../../apps/standalone/src/demo/platform-client';
import { Stack } from '../../../apps/standalone/src/stack/stack';
import { AgencySigner } from '../../support/agency-signer';
import { aFamily, filedBy } from '../../support/families';
import { BASELINE_JPEG } from '../../support/papers';

jest.setTimeout(60_000);

type Body = Record<string, unknown>;
const RATED = '窗口态度好';
type RecordOf = { id: string; kind: string; about: string; state: string; attempts: number };

const personOf = ({ identity }: ReturnType<typeof aFamily>['mother'], mobile = '13812345678') => ({
  account: `p-${identity!.number.slice(-8)}`,
  name: identity!.name,
  identityType: '111',
  identityNumber: identity!.number,
  mobile,
  verification: { method: 'face', level: '3', verifiedAt: new Date().toISOString(), transaction: randomUUID() },
});

describe('the city’s portal, over HTTP', () => {
  let stack: Stack;
  let client: PlatformClient;
  const folder = mkdtempSync(join(tmpdir(), 'birth-portal-'));

  beforeAll(async () => {
    stack = await Stack.start({ queue: 'postgres', split: false, folder });
    client = new PlatformClient(stack.apiUrl, stack.sandboxUrl);
  });
  afterAll(async () => {
    await client.close();
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const tokenOf = ({ identity }: ReturnType<typeof aFamily>['mother']): Promise<string> =>
    client.token({ name: identity!.name, identity: identity! });
  const ok = async (answer: Promise<{ status: number; body: Body }>): Promise<Body> => {
    const { status, body } = await answer;
    expect([status, body['code']]).toEqual([200, undefined]);
    return body;
  };

  async function send(owner: string, path: string, message: Body): Promise<Body> {
    const pem = readFileSync(join(folder, 'keys', `${owner}.key.pem`));
    const signer = new AgencySigner(owner, `${owner}-1`, createPrivateKey(pem));
    const body = JSON.stringify(message);
    const url = stack.apiUrl + path;
    const response = await fetch(url, { method: 'POST', headers: signer.headers({ method: 'POST', url, body }), body });
    return { status: response.status, ...((await response.json()) as Body) };
  }

  it('a family files at the city’s portal and reads its case here', async () => {
    const { form, mother } = aFamily();
    const person = personOf(mother);
    const message = { caseNumber: randomUUID(), handlingForm: '3', person, materials: [], application: form };
    const owner = 'government-portal';
    const path = '/agency/v1/portal/applications';
    const filed = await send(owner, path, message);
    expect(filed['caseNumber']).toMatch(/^500235CSYJS/);
    expect(await send(owner, path, message)).toEqual(filed);
    expect(await send('hospital', path, message)).toMatchObject({ status: 401, code: 'signature_invalid' });
    const unknown = { ...message, handlingForm: '7' };
    expect(await send(owner, path, unknown)).toMatchObject({ status: 400, code: 'bad_message' });
    await ok(client.get(`/v1/applications/${String(filed['id'])}`, await tokenOf(mother)));
  });

  it('an agent whose authorisation lies at the portal files there', async () => {
    const [{ form }, { mother: agent }] = [aFamily(), aFamily()];
    const order = {
      person: personOf(agent, '13900001111'),
      application: filedBy(form, 'agent', agent, '#0'),
      materials: [{ name: '授权委托书', content: BASELINE_JPEG.toString('base64') }],
    };
    const { body } = await client.control('POST', '/_sandbox/government-portal/filings', order);
    expect(body).toMatchObject({ status: 201 });
    const { caseNumber } = body;
    const again = await client.control('POST', '/_sandbox/government-portal/filings', { ...order, caseNumber });
    expect(again.body).toEqual(body);
    const other = { ...order, caseNumber, handlingForm: '2' };
    const changed = await client.control('POST', '/_sandbox/government-portal/filings', other);
    expect(changed.body).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  });

  it('hears of each case to its end, once and acknowledged, also when it was away and lost what it had said', async () => {
    const behave = (behaviour: Body) => client.control('PUT', '/_sandbox/government-portal/behaviour', behaviour);

    await client.control('PUT', '/_sandbox/scenarios/disease-control', {
      all: { kind: 'correction_once', fields: ['unitCode'] },
    });
    await behave({ down: 2, lost: 1, slowMs: 20 });
    const { form, mother } = aFamily();
    const order = { person: personOf(mother), application: form };
    const { body: answer } = await client.control('POST', '/_sandbox/government-portal/filings', order);
    const { id } = answer['body'] as { id: string };
    const clerk = await client.clerkToken('clerk');
    const records = async () =>
      (await ok(client.get(`/clerk/v1/applications/${id}/portal-records`, clerk)))['items'] as RecordOf[];
    const isHeard = async (about: string) =>
      (await records()).some((one) => one.about === about && one.state === 'acknowledged');
    for (const about of ['accepted', 'suspended', 'correction_needed']) {
      await until(() => isHeard(about), 25_000, about);
    }
    const token = await tokenOf(mother);
    const { newborns } = await ok(client.get(`/v1/applications/${id}`, token));
    const [{ steps }] = newborns as [{ steps: { id: string; code: string }[] }];
    const { id: stepId } = steps.find(({ code }) => code === 'vaccination')!;
    const fields = { '/vaccination/unitOfficeCode': 'YYV002' };
    await ok(client.send({ path: `/v1/applications/${id}/steps/${stepId}/corrections`, token, body: { fields } }));
    await until(() => isHeard('completed'), 25_000, 'a result');
    const path = `/v1/applications/${id}/withdrawal`;
    await ok(client.send({ path, token }));
    await ok(client.send({ path: `/v1/applications/${id}/rating`, token, body: { level: 4, text: RATED } }));
    const mine = async () => {
      const { items } = await ok(client.get('/clerk/v1/portal-cases', clerk));
      return (items as Body[]).find(({ applicationId }) => applicationId === id)!;
    };
    await until(async () => (await mine())['isComplete'] === true, 25_000, 'a complete case');

    const told = await records();
    expect(new Set(told.map(({ state }) => state))).toEqual(new Set(['acknowledged']));
    expect(told.some(({ attempts }) => attempts > 1)).toBe(true);
    const { body } = await client.control('GET', '/_sandbox/government-portal/records');
    const theirs = (body['records'] as { recordId: string; table: string; data: Body }[]).filter(
      ({ data }) => data['source_no'] === answer['caseNumber'],
    );
    expect(theirs.map(({ recordId }) => recordId).sort()).toEqual(told.map((one) => one.id).sort());
    expect(new Set(theirs.map(({ table }) => table))).toEqual(
      new Set(['up_pro_accept', 'up_pro_process', 'up_pro_special_procedure', 'up_pro_result', 'up_pro_evaluate']),
    );
    for (const secret of [mother.identity!.name, mother.identity!.number, RATED]) {
      expect(JSON.stringify(theirs)).not.toContain(secret);
    }
    const resend = `/clerk/v1/applications/${id}/portal-records/${told[0]!.id}/resends`;
    const sentAgain = await ok(client.send({ path: resend, token: clerk }));
    expect((sentAgain['items'] as RecordOf[])[0]!.state).not.toBe('refused');
    await until(async () => (await mine())['isComplete'] === true, 25_000, 'acknowledged again');
    const again = await client.control('GET', '/_sandbox/government-portal/records');
    expect(again.body['records']).toEqual(body['records']);
    expect(Number(again.body['repeated'])).toBeGreaterThan(Number(body['repeated']));
  });
});
