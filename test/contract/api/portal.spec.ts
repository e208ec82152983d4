import { createPrivateKey, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlatformClient } from '../../../apps/standalone/src/demo/platform-client';
import { Stack } from '../../../apps/standalone/src/stack/stack';
import { AgencySigner } from '../../support/agency-signer';
import { aFamily, filedBy } from '../../support/families';
import { BASELINE_JPEG } from '../../support/papers';

jest.setTimeout(60_000);

type Body = Record<string, unknown>;

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
    const { name, number } = mother.identity!;
    const person = {
      account: `p-${number.slice(-8)}`,
      name,
      identityType: '111',
      identityNumber: number,
      mobile: '13812345678',
      verification: { method: 'face', level: '3', verifiedAt: new Date().toISOString(), transaction: randomUUID() },
    };
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
    const { name, number } = agent.identity!;
    const verification = { method: 'window', level: '4', verifiedAt: new Date().toISOString(), transaction: '1' };
    const identity = { name, identityType: '111', identityNumber: number, mobile: '13900001111' };
    const order = {
      person: { account: `p-${number.slice(-8)}`, ...identity, verification },
      application: filedBy(form, 'agent', agent, '#0'),
      materials: [{ name: '授权委托书', content: BASELINE_JPEG.toString('base64') }],
    };
    const { body } = await client.control('POST', '/_sandbox/government-portal/filings', order);
    expect(body).toMatchObject({ status: 201 });
    const { caseNumber } = body;
    const again = await client.control('POST', '/_sandbox/government-portal/filings', { ...order, caseNumber });
    expect(again.body).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  });
});
