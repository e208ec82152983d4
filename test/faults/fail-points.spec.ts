import { CLEAN, demoWith, verdict } from '../support/demo';

/** Where each process ends by SIGKILL, at the n-th passing; it comes back by itself, unarmed. */
const KILLS = [
  ['redis', 'after-validate:9', 'before-call:7'],
  ['postgres', 'after-commit-before-response:11', 'after-agency-did-it:6'],
  ['redis', 'before-offer:8', 'after-reply-before-commit:12'],
  ['redis', 'callback-after-verify:5', 'after-commit-before-job-end:10'],
  ['postgres', 'callback-after-commit:4', 'before-offer:5'],
  ['redis', 'after-records-stored:4', 'before-call:3'],
] as const;

describe('D5, D6: kill -9 at the fail points, in the api and in the worker', () => {
  it.each(KILLS)('%s: api at %s, worker at %s', async (queue, api, worker) => {
    const env = { FAIL_AT_API: `${api}:kill`, FAIL_AT_WORKER: `${worker}:kill` };
    const watched = await demoWith({ queue, env });
    expect(verdict(watched)).toEqual(CLEAN);
    expect(watched.restarts).toBe(2);
  });
});

describe('what breaks or hangs instead of dying', () => {
  it('a throw in the worker, a hanging call in the api', async () => {
    const env = { FAIL_AT_API: 'callback-after-verify:3:hang', FAIL_AT_WORKER: 'after-reply-before-commit:4:throw' };
    expect(verdict(await demoWith({ queue: 'redis', env }))).toEqual(CLEAN);
  });
});
