import { Logger } from '@nestjs/common';
import { Rounds } from './rounds';

/** Rounds that the test lets end one by one. */
function stepwise() {
  const begun: (() => void)[] = [];
  let end: (error?: Error) => void = () => undefined;
  let count = 0;
  const rounds = new Rounds({
    name: 'Test',
    failure: 'round failed',
    everyMs: 1,
    round: () => {
      count += 1;
      begun.shift()?.();
      return new Promise<void>((resolve, reject) => {
        end = (error) => (error === undefined ? resolve() : reject(error));
      });
    },
  });
  return {
    rounds,
    nextBegins: () => new Promise<void>((resolve) => begun.push(resolve)),
    end: (error?: Error) => end(error),
    count: () => count,
  };
}

describe('rounds', () => {
  const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  beforeEach(() => warn.mockClear());
  afterAll(() => warn.mockRestore());

  it('go on after one that failed, and tell the kind of the error alone', async () => {
    const { rounds, nextBegins, end, count } = stepwise();
    const first = nextBegins();
    rounds.start();
    await first;
    const second = nextBegins();
    end(new TypeError('王芳'));
    await second;
    expect(count()).toBe(2);
    expect(warn.mock.calls).toEqual([['round failed: TypeError']]);
    const stopped = rounds.stop();
    end();
    await stopped;
  });

  it('end with the one that runs, and begin no other', async () => {
    const { rounds, nextBegins, end, count } = stepwise();
    const first = nextBegins();
    rounds.start();
    await first;
    let hasStopped = false;
    const stopped = rounds.stop().then(() => (hasStopped = true));
    await Promise.resolve();
    expect(hasStopped).toBe(false);
    end();
    await stopped;
    rounds.start();
    await rounds.stop();
    expect(count()).toBe(1);
  });

  it('never begin when they were stopped in the pause', async () => {
    const { rounds, count } = stepwise();
    rounds.start();
    await rounds.stop();
    // set later for the same pause: fires after the one that was stopped
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(count()).toBe(0);
  });
});
