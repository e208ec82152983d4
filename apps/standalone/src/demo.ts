import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type DemoReport, type DemoResult, DemoRun } from './demo/demo-run';
import { sumOf } from './demo/demo-sum';
import { byClock, loadSamples } from './samples/realise';
import { type Interruption, listenForInterruption } from './stack/interruption';
import type { QueueKind, StackOptions } from './stack/stack';
import { endWith, inTemporaryFolder, withStack } from './stack/with-stack';

const DEADLINE_MS = 50_000;
const WORKLIST = 'disease-control:YYV009,disease-control:YYV010';

/**
 * `npm run demo [-- --all --json --split --queue=redis|postgres --keep]`: exit 1 unless nothing is lost, doubled,
 * ownerless or unexpected. All samples are run with and without --all.
 */
async function main(): Promise<number> {
  const startedAt = Date.now();
  const interruption = listenForInterruption();
  const { values } = parseArgs({
    options: {
      all: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      split: { type: 'boolean', default: false },
      queue: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  });
  const queue: QueueKind = values.queue === 'redis' ? 'redis' : 'postgres';
  const out = values.json ? process.stderr : process.stdout;
  return inTemporaryFolder({ prefix: 'birth-demo-', isKept: values.keep }, async (folder) => {
    const options = {
      queue,
      split: values.split,
      folder,
      sandbox: { SANDBOX_WORKLIST: WORKLIST, SANDBOX_DELIVERIES: 'on' },
    };
    const results: DemoResult[] = [];
    const code = await runAll(interruption, options, results, out);
    if (values.keep) out.write(`kept ${folder}\n`);
    return code === 0 ? say(sumOf(results, Date.now() - startedAt), values.json, out) : code;
  });
}

/** Families whose dates need a set clock run on a platform of their own, whose clock stands there. */
async function runAll(
  interruption: Interruption,
  options: StackOptions,
  results: DemoResult[],
  out: NodeJS.WriteStream,
): Promise<number> {
  for (const [clock, samples] of byClock(loadSamples())) {
    out.write(`starting PostgreSQL and the platform${clock === '' ? '' : ` on ${clock}`} …\n`);
    const set = clock === '' ? {} : { clock, folder: join(options.folder, clock.slice(0, 10)) };
    const code = await withStack(interruption, { ...options, ...set }, async (stack) => {
      results.push(await new DemoRun(stack, samples, { out, deadlineMs: DEADLINE_MS }).run());
      return 0;
    });
    if (code !== 0) return code;
  }
  return 0;
}

function say({ report, details }: DemoResult, isJson: boolean, out: NodeJS.WriteStream): number {
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
    `by the city's portal: ${report.byPortal} cases, ${report.portalRecords} records acknowledged, ${report.portalOwed} not`,
    `lost ${report.lost} · doubled ${report.doubled} · ownerless ${report.ownerless} · unexpected ${report.unexpected}`,
  ].join('\n');
}

endWith(main(), 'the demo failed');
