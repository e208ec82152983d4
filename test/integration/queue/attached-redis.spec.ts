import { Redis } from 'ioredis';
import { startRedis, type RunningRedis } from '../../../apps/standalone/src/embedded';
import { itWithRedisServer } from '../../support/redis';

describe('a Redis that is somebody’s, by REDIS_URL', () => {
  const { PATH, REDIS_URL } = process.env;
  let owners: RunningRedis;
  let owner: Redis;

  beforeAll(async () => {
    owners = await startRedis();
    owner = new Redis(owners.url);
    await owner.set('of-the-owner', '1');
    Object.assign(process.env, { PATH: '/nowhere', REDIS_URL: owners.url });
  });
  afterAll(async () => {
    owner.disconnect();
    process.env['PATH'] = PATH;
    if (REDIS_URL === undefined) delete process.env['REDIS_URL'];
    else process.env['REDIS_URL'] = REDIS_URL;
    await owners.stop();
  });

  itWithRedisServer('is used when there is no binary, each run in an empty database of its own', async () => {
    const [one, other] = [await startRedis(), await startRedis()];
    const databases = [one.url, other.url].map((url) => new URL(url).pathname);
    expect(databases).toEqual(['/15', '/14']);
    const client = new Redis(one.url);
    await client.set('hint', '1');
    await one.flushall();
    expect(await client.exists('hint')).toBe(0);
    // emptied, and still taken
    const third = await startRedis();
    expect(new URL(third.url).pathname).toBe('/13');
    for (const redis of [one, other, third]) await redis.stop();
    expect(await client.dbsize()).toBe(0);
    client.disconnect();
    expect(await owner.get('of-the-owner')).toBe('1');
  });

  itWithRedisServer('can neither be killed nor restarted', async () => {
    const redis = await startRedis();
    await expect(redis.kill()).rejects.toThrow('needs redis-server in the PATH');
    await expect(redis.restart()).rejects.toThrow('needs redis-server in the PATH');
    await redis.stop();
  });

  itWithRedisServer('says so when nothing answers there', async () => {
    process.env['REDIS_URL'] = 'redis://127.0.0.1:1';
    await expect(startRedis()).rejects.toThrow('no Redis answers at REDIS_URL');
    process.env['REDIS_URL'] = owners.url;
  });
});
