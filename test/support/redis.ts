import { hasRedisServer } from '../../apps/standalone/src/embedded';

/** For specs that kill or restart Redis; where only REDIS_URL is given they are left out, and one line says so. */
export const itWithRedisServer: jest.It = hasRedisServer() ? it : leftOut();

function leftOut(): jest.It {
  process.stdout.write('specs that kill or restart Redis need redis-server in the PATH: left out\n');
  return it.skip;
}
