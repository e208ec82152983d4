import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { type DemoReport, DemoRun } from '../../apps/standalone/src/demo/demo-run';
import { loadSamples } from '../../apps/standalone/src/samples/realise';
import { type QueueKind, Stack } from '../../apps/standalone/src/stack/stack';

const DEADLINE_MS = 170_000;
const WORKLIST = 'disease-control:YYV009,disease-control:YYV010';

export interface Watched {
  report: DemoReport;
  details: string[];
  /** Families' data found in a log or a ledger-less file of the platform. */
  leaked: string[];
  restarts: number;
  /** Fail points at which a process ended itself. */
  passed: readonly string[];
}

/** `demo --split` with something happening meanwhile; the platform's own logs are read afterwards. */
export async function demoWith(
  options: { queue: QueueKind; env?: Record<string, string> },
  during: (stack: Stack, run: DemoRun) => Promise<void> = () => Promise.resolve(),
): Promise<Watched> {
  const folder = mkdtempSync(join(tmpdir(), 'birth-faults-'));
  const stack = await Stack.start({
    ...options,
    split: true,
    folder,
    sandbox: { SANDBOX_WORKLIST: WORKLIST, SANDBOX_DELIVERIES: 'on' },
  });
  try {
    const samples = loadSamples().filter((sample) => sample.clock === undefined);
    const out = new Writable({ write: (_chunk, _encoding, done) => done() }) as NodeJS.WriteStream;
    const run = new DemoRun(stack, samples, { out, deadlineMs: DEADLINE_MS });
    const [{ report, details }] = await Promise.all([run.run(), during(stack, run)]);
    return { report, details, leaked: leaks(folder, run), restarts: stack.restarts, passed: stack.passed };
  } finally {
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function leaks(folder: string, run: DemoRun): string[] {
  const canaries = run.runs.flatMap(({ real: { form }, newbornNames }) => [
    ...newbornNames,
    ...[form.mother, form.father].flatMap((parent) => (parent === null ? [] : [parent.name, parent.identity.number])),
  ]);
  const logs = readdirSync(folder).filter((name) => name.endsWith('.log') && statSync(join(folder, name)).isFile());
  return logs.flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    return canaries.filter((canary) => canary.length > 1 && text.includes(canary)).map(() => `a person in ${name}`);
  });
}

export const GOOD = { lost: 0, doubled: 0, ownerless: 0, unexpected: 0 };

/** One comparison that names what went wrong. */
export const verdict = ({ report, details, leaked }: Watched) => ({
  lost: report.lost,
  doubled: report.doubled,
  ownerless: report.ownerless,
  unexpected: report.unexpected,
  details,
  leaked,
});
export const CLEAN = { ...GOOD, details: [], leaked: [] };
