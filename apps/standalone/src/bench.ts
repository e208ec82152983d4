import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Bench } from './bench/bench';
import { type QueueKind, Stack } from './stack/stack';

/** `npm run bench -- --json [--queue=redis|postgres] [--agencies=instant|paced] [--count=n]` */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean' },
      queue: { type: 'string', default: 'redis' },
      agencies: { type: 'string', default: 'instant' },
      count: { type: 'string', default: '2000' },
    },
  });
  const queue: QueueKind = values.queue === 'postgres' ? 'postgres' : 'redis';
  const folder = mkdtempSync(join(tmpdir(), 'birth-bench-'));
  const instant = { SANDBOX_MODE: 'instant', SANDBOX_LEDGER: 'memory' };
  const stack = await Stack.start({
    queue,
    split: true,
    folder,
    profile: 'production',
    sandbox: values.agencies === 'instant' ? instant : {},
  });
  try {
    const report = await new Bench(stack, { queue, count: Number(values.count), out: process.stderr }).run();
    process.stdout.write(`${values.json === true ? JSON.stringify(report) : JSON.stringify(report, null, 2)}\n`);
    return report.lost + report.doubled === 0 ? 0 : 1;
  } finally {
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : 'the benchmark failed'}\n`);
    process.exit(1);
  },
);
