import { setTimeout as delay } from 'node:timers/promises';
import type { DemoRun } from '../../apps/standalone/src/demo/demo-run';
import { until } from '../../apps/standalone/src/embedded/until';
import type { QueueKind, Stack } from '../../apps/standalone/src/stack/stack';
import { CLEAN, demoWith, verdict } from '../support/demo';
import { hasRedisServer } from '../../apps/standalone/src/embedded';

const PATIENCE_MS = 60_000;
const MOST_PASSINGS = 4;
const seed = Number(process.env['FAULT_SEED'] ?? Date.now() % 1_000_000);

/** Mulberry32: the same seed, the same accidents. */
function randomOf(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const shuffled = <T>(items: readonly T[], random: () => number): T[] =>
  items
    .map((item) => ({ item, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);

/** Where the api ends itself, in the order in which families come past: hospitals' records, filings, agencies' messages. */
const API_POINTS = [
  ['after-records-stored'],
  ['after-validate', 'after-commit-before-response', 'before-offer'],
  ['callback-after-verify', 'callback-after-commit'],
];
const WORKER_POINTS = [
  ['before-call', 'before-offer', 'after-agency-did-it', 'after-reply-before-commit', 'after-commit-before-job-end'],
];

/** Each once, in as many lives of the process, shuffled within their group, at a random passing. */
const pointsOf = (groups: readonly string[][], random: () => number): string[] =>
  groups.flatMap((group) =>
    shuffled(group, random).map((point) => `${point}:${1 + Math.floor(random() * MOST_PASSINGS)}:kill`),
  );

/** A process that is just coming back is waited for: each kill kills something. */
async function killed(stack: Stack, name: 'api' | 'worker'): Promise<void> {
  await until(() => stack.kill(name), PATIENCE_MS, `${name} to be killed`);
}

/** Until it answers again: what comes next finds something to empty. */
async function redisKilled({ redis, restarts }: Stack, after: () => number): Promise<void> {
  await redis?.kill();
  await until(() => after() > restarts, PATIENCE_MS, 'Redis to come back');
  await redis?.restart();
}

const KILLS: Record<string, (stack: Stack) => Promise<void>> = {
  api: (stack) => killed(stack, 'api'),
  worker: (stack) => killed(stack, 'worker'),
  postgres: async ({ postgres }) => {
    await postgres.kill();
    await postgres.restart();
  },
  redis: (stack) => redisKilled(stack, () => stack.restarts),
  flushall: async ({ redis }) => redis?.flushall(),
};

/** A Redis that somebody lent is not killed. */
function killsWith(queue: QueueKind): string[] {
  const ours = ['api', 'worker', 'postgres'];
  if (queue === 'postgres') return ours;
  return hasRedisServer() ? [...ours, 'redis', 'flushall'] : [...ours, 'flushall'];
}

const hasSettled = (run: DemoRun): boolean =>
  run.filedCount === run.runs.length && run.runs.every(({ isSettled }) => isSettled);

/** From the first filing on, as long as families file or agencies work. */
async function happen(kills: readonly string[], random: () => number, { stack, run, said }: Round): Promise<void> {
  await until(() => run.filedCount > 0, PATIENCE_MS, 'the first filing');
  for (const name of kills) {
    await delay(100 + random() * 500);
    if (hasSettled(run)) return;
    said.push(`${name} after ${run.filedCount} filings`);
    await KILLS[name]?.(stack);
  }
}

interface Round {
  stack: Stack;
  run: DemoRun;
  said: string[];
}

describe(`kill -9 at random moments (FAULT_SEED=${seed})`, () => {
  it.each([
    ['redis', 0],
    ['postgres', 1],
  ] as const)('%s: every accident once, and nothing lost, doubled, ownerless or unexpected', async (queue, round) => {
    const random = randomOf(seed + round);
    const kills = shuffled(killsWith(queue), random);
    const [api, worker] = [pointsOf(API_POINTS, random), pointsOf(WORKER_POINTS, random)];
    const env = { FAIL_AT_API: api.join(), FAIL_AT_WORKER: worker.join() };
    const said: string[] = [];
    const watched = await demoWith({ queue, env }, (stack, run) => happen(kills, random, { stack, run, said }));
    const { seconds } = watched.report;
    process.stdout.write(`FAULT_SEED=${seed} ${queue}: ${[...said, ...watched.passed].join(', ')}; ${seconds} s\n`);
    expect(verdict(watched)).toEqual(CLEAN);
    expect(said.map((line) => line.split(' ')[0])).toEqual(kills);
    const points = [...api.map((point) => `api ${point}`), ...worker.map((point) => `worker ${point}`)];
    expect([...watched.passed].sort()).toEqual(points.sort());
  });
});
