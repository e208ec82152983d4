import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DemoRun } from './demo/demo-run';
import { loadSamples } from './samples/realise';
import { Stack, type QueueKind } from './stack/stack';

const DEADLINE_MS = 50_000;
const WORKLIST = 'disease-control:YYV009,disease-control:YYV010';

/** `npm run demo [-- --json --split --queue=redis|postgres]`: exit 1 unless nothing is lost, doubled, ownerless or unexpected. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean' },
      split: { type: 'boolean' },
      queue: { type: 'string' },
      keep: { type: 'boolean' },
    },
  });
  const queue: QueueKind = values.queue === 'redis' ? 'redis' : 'postgres';
  const folder = mkdtempSync(join(tmpdir(), 'birth-demo-'));
  const out = values.json === true ? process.stderr : process.stdout;
  out.write('starting PostgreSQL and the platform …\n');
  const stack = await Stack.start({
    queue,
    split: values.split === true,
    folder,
    sandbox: { SANDBOX_WORKLIST: WORKLIST },
  });
  const stop = (): void => void stack.stop().finally(() => process.exit(130));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    const samples = loadSamples().filter((sample) => sample.clock === undefined);
    const { report, details } = await new DemoRun(stack, samples, { out, deadlineMs: DEADLINE_MS }).run();
    for (const line of details) out.write(`${line}\n`);
    process.stdout.write(`${values.json === true ? JSON.stringify(report) : summary(report)}\n`);
    const isGood = report.lost + report.doubled + report.ownerless + report.unexpected === 0;
    return isGood ? 0 : 1;
  } finally {
    await stack.stop();
    if (values.keep !== true) rmSync(folder, { recursive: true, force: true });
    else out.write(`kept ${folder}\n`);
  }
}

function summary(report: {
  applications: number;
  newborns: number;
  steps: Record<string, number>;
  waitingForPeople: number;
  lost: number;
  doubled: number;
  ownerless: number;
  unexpected: number;
  seconds: number;
}): string {
  const steps = Object.entries(report.steps)
    .map(([state, count]) => `${state} ${count}`)
    .join(', ');
  return [
    `${report.applications} applications, ${report.newborns} newborns in ${report.seconds} s`,
    `steps: ${steps}`,
    `waiting for people: ${report.waitingForPeople}`,
    `lost ${report.lost} · doubled ${report.doubled} · ownerless ${report.ownerless} · unexpected ${report.unexpected}`,
  ].join('\n');
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : 'the demo failed'}\n`);
    process.exit(1);
  },
);
