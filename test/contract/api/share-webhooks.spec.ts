import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlatformClient } from '../../../apps/standalone/src/demo/platform-client';
import { until } from '../../../apps/standalone/src/embedded/until';
import { Stack } from '../../../apps/standalone/src/stack/stack';
import { FiledSample } from '../../support/filed-sample';

jest.setTimeout(60_000);

type Body = Record<string, unknown>;
const RECEIVER = 'education-commission';
const CONTROL = `/_sandbox/receivers/${RECEIVER}`;

describe('P19: a receiver that is pushed to, over HTTP', () => {
  let stack: Stack;
  let client: PlatformClient;
  let clerk: string;
  const folder = mkdtempSync(join(tmpdir(), 'birth-webhooks-'));

  beforeAll(async () => {
    stack = await Stack.start({ queue: 'postgres', split: false, folder });
    client = new PlatformClient(stack.apiUrl, stack.sandboxUrl);
    clerk = await client.clerkToken('clerk');
  });
  afterAll(async () => {
    await client.close();
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const ok = async (answer: Promise<{ status: number; body: Body }>, status = 200): Promise<Body> => {
    const { status: given, body } = await answer;
    expect([given, body['code']]).toEqual([status, undefined]);
    return body;
  };

  it('has each delivery once, also where it was away, and where its word was lost; a clerk sends all once more', async () => {
    await client.control('PUT', `${CONTROL}/behaviour`, { down: 1, lost: 1 });
    const { id } = await FiledSample.of(client, 'unmarried-mother-alone').file();
    const log = async () => {
      const { items } = await ok(client.get(`/clerk/v1/sharing/deliveries?receiver=${RECEIVER}`, clerk));
      return (items as Body[]).find(({ applicationId }) => applicationId === id);
    };
    await until(async () => (await log())?.['receivedAt'] != null, 40_000, 'a pushed delivery');
    const row = (await log())!;
    const { attempts } = row['push'] as { attempts: { status: number; outcome: string }[] };
    expect(attempts.map(({ status }) => status)).toEqual([503, 502, 200]);
    const theirs = async () => (await client.control('GET', `${CONTROL}/deliveries`)).body as unknown as Theirs;
    expect(await theirs()).toMatchObject({ deliveries: [{ id: row['id'] }], repeated: 1 });
    const { message } = (await theirs()).deliveries[0]!;
    expect([message.type, Object.keys(message.data.values).sort()]).toEqual([
      'newborn.registered',
      ['childBornOn', 'childName', 'childSex', 'householdAddress', 'residentIdNumber'],
    ]);

    const recoveries = { path: `/clerk/v1/sharing/receivers/${RECEIVER}/recoveries`, token: clerk };
    const since = new Date(Date.now() - 3_600_000).toISOString();
    expect(await ok(client.send({ ...recoveries, body: { since, reason: 'it lost a day' } }))).toEqual({ owed: 1 });
    await until(async () => (await theirs()).repeated === 2, 20_000, 'the same once more');
    expect((await theirs()).deliveries).toHaveLength(1);
    const again = { path: `/clerk/v1/sharing/deliveries/${String(row['id'])}/resends`, token: clerk };
    expect(await ok(client.send({ ...again, body: { reason: 'it asks for this one' } }))).toEqual({ owed: 1 });
    await until(async () => (await theirs()).repeated === 3, 20_000, 'this one once more');
    const unknown = { ...again, path: `/clerk/v1/sharing/deliveries/${randomUUID()}/resends` };
    expect((await client.send({ ...unknown, body: { reason: 'a slip' } })).status).toBe(404);
    const nobody = { ...recoveries, path: '/clerk/v1/sharing/receivers/nobody/recoveries' };
    expect((await client.send({ ...nobody, body: { reason: 'a slip' } })).status).toBe(404);
  });

  it('takes nothing that is not signed with its secret', async () => {
    const url = `${stack.sandboxUrl}/receivers/${RECEIVER}/webhooks`;
    const headers = {
      'content-type': 'application/json',
      'webhook-id': 'forged',
      'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
      'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}`,
    };
    expect((await fetch(url, { method: 'POST', headers, body: '{}' })).status).toBe(401);
  });
});

interface Theirs {
  deliveries: { id: string; message: { type: string; data: { values: Body } } }[];
  repeated: number;
}
