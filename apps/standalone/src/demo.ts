import { parseArgs } from 'node:util';
import { type DemoReport, DemoRun } from './demo/demo-run';
import { loadSamples } from './samples/realise';
import { listenForInterruption } from './stack/interruption';
import type { QueueKind, Stack, StackOptions } from './stack/stack';
import { endWith, inTemporaryFolder, withStack } from './stack/with-stack';

const DEADLINE_MS = 50_000;
const WORKLIST = 'disease-control:YYV009,disease-control:YYV010';

interface Shown {
  isJson: boolean;
  out: NodeJS.WriteStream;
}

/** `npm run demo [-- --json --split --queue=redis|postgres --keep]`: exit 1 unless nothing is lost, doubled, ownerless or unexpected. */
async function main(): Promise<number> {
  const interruption = listenForInterruption();
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      split: { type: 'boolean', default: false },
      queue: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  });
  const queue: QueueKind = values.queue === 'redis' ? 'redis' : 'postgres';
  const shown: Shown = { isJson: values.json, out: values.json ? process.stderr : process.stdout };
  shown.out.write('starting PostgreSQL and the platform …\n');
  return inTemporaryFolder({ prefix: 'birth-demo-', isKept: values.keep }, async (folder) => {
    const options: StackOptions = { queue, split: values.split, folder, sandbox: { SANDBOX_WORKLIST: WORKLIST } };
    const code = await withStack(interruption, options, (stack) => show(stack, shown));
    if (values.keep) shown.out.write(`kept ${folder}\n`);
    return code;
  });
}

async function show(stack: Stack, { isJson, out }: Shown): Promise<number> {
  const samples = loadSamples().filter((sample) => sample.clock === undefined);
  const { report, details } = await new DemoRun(stack, samples, { out, deadlineMs: DEADLINE_MS }).run();
  for (const line of details) out.write(`${line}\n`);
  process.stdout.write(`${isJson ? JSON.stringify(report) : summary(report)}\n`);
  return report.lost + report.doubled + report.ownerless + report.unexpected === 0 ? 0 : 1;
}

function summary(report: DemoReport): string {
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

endWith(main(), 'the demo failed');
