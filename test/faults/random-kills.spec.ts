import { setTimeout as delay } from 'node:timers/promises';
import type { DemoRun } from '../../apps/standalone/src/demo/demo-run';
import { until } from '../../apps/standalone/src/embedded/until';
import type { Stack } from '../../apps/standalone/src/stack/stack';
import { CLEAN, demoWith, verdict } from '../support/demo';

const FIRST_FILING_MS = 60_000;
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

type Accident = (stack: Stack) => Promise<void>;

const ACCIDENTS: Record<string, Accident> = {
  api: (stack) => stack.kill('api'),
  worker: (stack) => stack.kill('worker'),
  redis: async ({ redis }) => redis?.kill(),
  flushall: async ({ redis }) => redis?.flushall(),
};

const hasSettled = (run: DemoRun): boolean =>
  run.filedCount === run.runs.length && run.runs.every(({ isSettled }) => isSettled);

/** From the first filing on, each accident once before any comes again, as long as families file or agencies work. */
async function accidents(stack: Stack, run: DemoRun, said: string[]): Promise<void> {
  await until(() => run.filedCount > 0, FIRST_FILING_MS, 'the first filing');
  const random = randomOf(seed);
  const names = Object.keys(ACCIDENTS).filter((name) => {
    if (name === 'redis') return stack.redis?.isOurs === true;
    return name !== 'flushall' || stack.redis !== null;
  });
  const plan = [...names, ...names].map((name) => ({ name, order: random() })).sort((a, b) => a.order - b.order);
  for (const { name } of plan) {
    await delay(200 + random() * 1_000);
    if (hasSettled(run)) return;
    said.push(`${name} after ${run.filedCount} filings`);
    await ACCIDENTS[name]?.(stack);
  }
}

describe(`kill -9 at random moments (FAULT_SEED=${seed})`, () => {
  it.each(['redis', 'postgres'] as const)('%s: nothing lost, doubled, ownerless or unexpected', async (queue) => {
    const said: string[] = [];
    const watched = await demoWith({ queue }, (stack, run) => accidents(stack, run, said));
    process.stdout.write(`FAULT_SEED=${seed} ${queue}: ${said.join(', ')}; ${watched.report.seconds} s\n`);
    expect(verdict(watched)).toEqual(CLEAN);
    expect(said.length).toBeGreaterThan(2);
  });
});
