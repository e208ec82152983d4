import { parseArgs } from 'node:util';
import { Bench } from './bench/bench';
import { listenForInterruption } from './stack/interruption';
import type { QueueKind } from './stack/stack';
import { endWith, inTemporaryFolder, withStack } from './stack/with-stack';

/** `npm run bench -- --json [--queue=redis|postgres] [--agencies=instant|paced] [--count=n]` */
async function main(): Promise<number> {
  const interruption = listenForInterruption();
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean' },
      queue: { type: 'string', default: 'redis' },
      agencies: { type: 'string', default: 'instant' },
      count: { type: 'string', default: '2000' },
    },
  });
  const queue: QueueKind = values.queue === 'postgres' ? 'postgres' : 'redis';
  const sandbox = values.agencies === 'instant' ? { SANDBOX_MODE: 'instant', SANDBOX_LEDGER: 'memory' } : {};
  return inTemporaryFolder({ prefix: 'birth-bench-' }, (folder) =>
    withStack(interruption, { queue, split: true, folder, profile: 'production', sandbox }, async (stack) => {
      const report = await new Bench(stack, { queue, count: Number(values.count), out: process.stderr }).run();
      process.stdout.write(`${values.json === true ? JSON.stringify(report) : JSON.stringify(report, null, 2)}\n`);
      return report.lost + report.doubled === 0 ? 0 : 1;
    }),
  );
}

endWith(main(), 'the benchmark failed');
