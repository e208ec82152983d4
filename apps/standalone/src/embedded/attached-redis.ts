import { randomUUID } from 'node:crypto';
import type { RunningRedis } from './redis';
import { askRedis } from './redis-question';

/** The databases of a Redis as it comes; 0 is where its owner's data usually is. */
const LAST_DATABASE = 15;
const MARK = 'birth:taken-by';
const NOT_OURS = 'needs redis-server in the PATH: the server at REDIS_URL is not ours to end';

/** Takes an empty database of somebody's server, so that runs beside each other and its owner's data stay apart. */
export async function attachRedis(url: string): Promise<RunningRedis> {
  if ((await askRedis(url, (client) => client.ping())) === null) throw new Error('no Redis answers at REDIS_URL');
  for (let number = LAST_DATABASE; number > 0; number -= 1) {
    const database = new RedisDatabase(withDatabase(url, number));
    if (await database.take()) return database;
  }
  throw new Error(`REDIS_URL has no empty database among 1 to ${LAST_DATABASE}: FLUSHDB one of them`);
}

function withDatabase(url: string, number: number): string {
  const address = new URL(url);
  address.pathname = `/${number}`;
  return address.href;
}

class RedisDatabase implements RunningRedis {
  readonly isOurs = false;
  private readonly id = randomUUID();

  constructor(readonly url: string) {}

  async take(): Promise<boolean> {
    const answer = await askRedis(this.url, async (client) =>
      (await client.dbsize()) === 0 ? client.set(MARK, this.id, 'NX') : null,
    );
    return answer === 'OK';
  }

  async flushall(): Promise<void> {
    await askRedis(this.url, (client) => client.multi().flushdb().set(MARK, this.id).exec());
  }

  async stop(): Promise<void> {
    await askRedis(this.url, (client) => client.flushdb());
  }

  kill(): Promise<void> {
    return Promise.reject(new Error(`kill ${NOT_OURS}`));
  }

  restart(): Promise<void> {
    return Promise.reject(new Error(`restart ${NOT_OURS}`));
  }

  onCrash(): void {
    // its owner looks after it
  }
}
