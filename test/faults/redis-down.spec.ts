import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlatformClient } from '../../apps/standalone/src/demo/platform-client';
import { until } from '../../apps/standalone/src/embedded/until';
import { Stack } from '../../apps/standalone/src/stack/stack';
import { aFamily } from '../support/families';
import { itWithRedisServer } from '../support/redis';

const PATIENCE_MS = 40_000;
/** A family that files notices nothing. */
const AT_ONCE_MS = 3_000;

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

  const vaccination = async (token: string, id: unknown): Promise<string | undefined> => {
    const { body } = await client.get(`/v1/applications/${String(id)}`, token);
    const [newborn] = body['newborns'] as { steps: { code: string; state: string }[] }[];
    return newborn!.steps.find(({ code }) => code === 'vaccination')?.state;
  };
  const file = async () => {
    const { form, mother } = aFamily();
    const token = await client.token({ name: mother.identity!.name, identity: mother.identity! });
    return { token, filed: await client.send({ path: '/v1/applications', token, body: form }) };
  };

  itWithRedisServer('the api answers 201 at once, and the steps go on when it is back', async () => {
    await stack.redis?.stop();
    const { form, mother } = aFamily();
    const token = await client.token({ name: mother.identity!.name, identity: mother.identity! });
    const response = await fetch(`${stack.apiUrl}/v1/applications`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'idempotency-key': 'redis-is-away',
      },
      body: JSON.stringify(form),
      signal: AbortSignal.timeout(AT_ONCE_MS),
    });
    expect(response.status).toBe(201);
    const filed = { body: (await response.json()) as { id: string } };
    await stack.redis?.restart();
    const isDone = async () => (await vaccination(token, filed.body['id'])) === 'completed';
    await until(isDone, PATIENCE_MS, 'the vaccination unit’s answer');
  });

  itWithRedisServer('the driver starts it again when it has died', async () => {
    const { restarts } = stack;
    await stack.redis?.kill();
    const { token, filed } = await file();
    const isDone = async () => (await vaccination(token, filed.body['id'])) === 'completed';
    await until(isDone, PATIENCE_MS, 'the vaccination unit’s answer');
    expect(stack.restarts).toBe(restarts + 1);
  });
});
