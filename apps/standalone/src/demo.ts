import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type DemoReport, type DemoResult, DemoRun } from './demo/demo-run';
import { sumOf } from './demo/demo-sum';
import { sampleByHand } from './manual/by-hand';
import { manualOffices, sandboxDesks } from './manual/manual-offices';
import { byClock, loadSamples } from './samples/realise';
import type { Sample } from './samples/sample';
import { type Interruption, listenForInterruption } from './stack/interruption';
import type { QueueKind, StackOptions } from './stack/stack';
import { endWith, inTemporaryFolder, withStack } from './stack/with-stack';

const DEADLINE_MS = 50_000;
/** Files come and go more slowly than messages. */
const MANUAL_DEADLINE_MS = 120_000;
const WORKLIST = 'disease-control:YYV009,disease-control:YYV010';

/**
 * `npm run demo [-- --all --json --split --queue=redis|postgres --keep --mode=manual --only=name,name]`: exit 1 unless
 * nothing is lost, doubled, ownerless or unexpected. All samples are run with and without --all.
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
      mode: { type: 'string' },
      only: { type: 'string' },
    },
  });
  if (values.mode !== undefined && values.mode !== 'manual') throw new Error('--mode is manual, or left out');
  const isManual = values.mode === 'manual';
  const queue: QueueKind = values.queue === 'redis' ? 'redis' : 'postgres';
  const out = values.json ? process.stderr : process.stdout;
  return inTemporaryFolder({ prefix: 'birth-demo-', isKept: values.keep }, async (folder) => {
    const options = {
      queue,
      split: values.split,
      folder,
      sandbox: {
        ...(isManual ? sandboxDesks(manualOffices()) : { SANDBOX_WORKLIST: WORKLIST }),
        SANDBOX_DELIVERIES: 'on',
      },
    };
    const results: DemoResult[] = [];
    const asIs = chosen(loadSamples(), values.only);
    const samples = isManual ? asIs.map(sampleByHand) : asIs;
    const code = await runAll(interruption, { ...options, isManual, samples }, results, out);
    if (values.keep) out.write(`kept ${folder}\n`);
    return code === 0 ? say(sumOf(results, Date.now() - startedAt), values.json, out) : code;
  });
}

/** Families whose dates need a set clock run on a platform of their own, whose clock stands there. */
async function runAll(
  interruption: Interruption,
  options: StackOptions & { isManual: boolean; samples: readonly Sample[] },
  results: DemoResult[],
  out: NodeJS.WriteStream,
): Promise<number> {
  const { isManual, samples: all } = options;
  const deadlineMs = isManual ? MANUAL_DEADLINE_MS : DEADLINE_MS;
  for (const [clock, samples] of byClock(all)) {
    out.write(`starting PostgreSQL and the platform${clock === '' ? '' : ` on ${clock}`} …\n`);
    const set = clock === '' ? {} : { clock, folder: join(options.folder, clock.slice(0, 10)) };
    const code = await withStack(interruption, { ...options, ...set }, async (stack) => {
      results.push(await new DemoRun(stack, samples, { out, deadlineMs, isManual }).run());
      return 0;
    });
    if (code !== 0) return code;
  }
  return 0;
}

function chosen(samples: readonly Sample[], only: string | undefined): readonly Sample[] {
  if (only === undefined) return samples;
  const names = only.split(',');
  const unknown = names.filter((name) => samples.every((sample) => sample.name !== name));
  if (unknown.length > 0) throw new Error(`no sample is called ${unknown.join(', ')}`);
  return samples.filter(({ name }) => names.includes(name));
}

function say({ report, details }: DemoResult, isJson: boolean, out: NodeJS.WriteStream): number {
  for (const line of details) out.write(`${line}\n`);
  process.stdout.write(`${isJson ? JSON.stringify(report) : summary(report)}\n`);
  return report.lost + report.doubled + report.ownerless + report.unexpected === 0 ? 0 : 1;
}

function summary(report: DemoReport): string {
  return [
    `${report.applications} applications, ${report.newborns} newborns in ${report.seconds} s`,
    `steps: ${listed(report.steps)}`,
    ...(Object.keys(report.byHand).length === 0 ? [] : [`done by hand: ${listed(report.byHand)}`]),
    `waiting for people: ${report.waitingForPeople}`,
    `by the city's portal: ${report.byPortal} cases, ${report.portalRecords} records acknowledged, ${report.portalOwed} not`,
    `lost ${report.lost} · doubled ${report.doubled} · ownerless ${report.ownerless} · unexpected ${report.unexpected}`,
  ].join('\n');
}

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

endWith(main(), 'the demo failed');
