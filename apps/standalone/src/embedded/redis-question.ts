import { Redis } from 'ioredis';

/** One question over a connection of its own; null when Redis cannot be reached or does not know. */
export async function askRedis<T>(url: string, question: (client: Redis) => Promise<T>): Promise<T | null> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await question(client);
  } catch {
    return null;
  } finally {
    client.disconnect();
  }
}
