import { CLEAN, demoWith, verdict } from '../support/demo';

/** Where each process ends by SIGKILL, at the n-th passing, life after life; the last one is unarmed. */
const KILLS = [
  ['redis', ['after-validate:9', 'callback-after-verify:5'], ['before-call:7', 'after-commit-before-job-end:10']],
  [
    'postgres',
    ['after-commit-before-response:11', 'callback-after-commit:4'],
    ['after-agency-did-it:6', 'before-offer:5'],
  ],
  ['redis', ['after-records-stored:4', 'before-offer:8'], ['after-reply-before-commit:12', 'before-call:3']],
] as const;
const killed = (points: readonly string[]): string => points.map((point) => `${point}:kill`).join();

describe('D5, D6: kill -9 at the fail points, in the api and in the worker', () => {
  it.each(KILLS)('%s: api at %j, worker at %j', async (queue, api, worker) => {
    const env = { FAIL_AT_API: killed(api), FAIL_AT_WORKER: killed(worker) };
    const watched = await demoWith({ queue, env });
    expect(verdict(watched)).toEqual(CLEAN);
    expect(watched.restarts).toBe(api.length + worker.length);
  });
});

describe('what breaks or hangs instead of dying', () => {
  it('a throw in the worker, a hanging call in the api', async () => {
    const env = { FAIL_AT_API: 'callback-after-verify:3:hang', FAIL_AT_WORKER: 'after-reply-before-commit:4:throw' };
    expect(verdict(await demoWith({ queue: 'redis', env }))).toEqual(CLEAN);
  });
});
