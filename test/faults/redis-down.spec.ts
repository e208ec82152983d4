import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlatformClient } from '../../apps/standalone/src/demo/platform-client';
import { until } from '../../apps/standalone/src/embedded/until';
import { Stack } from '../../apps/standalone/src/stack/stack';
import { aFamily } from '../support/families';

const PATIENCE_MS = 40_000;

describe('Redis is away', () => {
  const folder = mkdtempSync(join(tmpdir(), 'birth-redis-'));
  let stack: Stack;
  let client: PlatformClient;
  beforeAll(async () => {
    stack = await Stack.start({ queue: 'redis', split: true, folder });
    client = new PlatformClient(stack.apiUrl, stack.sandboxUrl);
  });
  afterAll(async () => {
    await client.close();
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('the api answers 201 at once, and the steps go on when it is back', async () => {
    await stack.redis?.kill();
    const { form, mother } = aFamily();
    const token = await client.token({ name: mother.identity!.name, identity: mother.identity! });
    const filed = await client.send({ path: '/v1/applications', token, body: form });
    expect(filed.status).toBe(201);
    await stack.redis?.restart();
    const vaccination = async (): Promise<string | undefined> => {
      const { body } = await client.get(`/v1/applications/${String(filed.body['id'])}`, token);
      const [newborn] = body['newborns'] as { steps: { code: string; state: string }[] }[];
      return newborn!.steps.find(({ code }) => code === 'vaccination')?.state;
    };
    await until(async () => (await vaccination()) === 'completed', PATIENCE_MS, 'the vaccination unit’s answer');
  });
});
