import { parseArgs } from 'node:util';
import { limitedContracts } from './outage/limited-contracts';
import { OutageRun } from './outage/outage-run';
import { listenForInterruption } from './stack/interruption';
import { endWith, inTemporaryFolder, withStack } from './stack/with-stack';

/** `npm run bench:outage [-- --count=10000 --rate=50 --others=200]`: the last line is the report, as JSON. */
async function main(): Promise<number> {
  const interruption = listenForInterruption();
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '10000' },
      rate: { type: 'string', default: '50' },
      others: { type: 'string', default: '200' },
    },
  });
  const [count, rate, others] = [Number(values.count), Number(values.rate), Number(values.others)];
  return inTemporaryFolder({ prefix: 'birth-outage-' }, (folder) => {
    const env = { AGENCY_CONTRACTS_FILE: limitedContracts(folder, { 'disease-control': rate }) };
    const sandbox = { SANDBOX_MODE: 'instant', SANDBOX_LEDGER: 'memory' };
    const options = { queue: 'redis', split: true, workers: 2, folder, profile: 'production', sandbox, env } as const;
    return withStack(interruption, options, async (stack) => {
      const run = new OutageRun(stack, { count, others, othersEveryMs: 500, warmUp: 50, out: process.stderr });
      const report = await run.run();
      process.stdout.write(`${JSON.stringify({ rate, ...report })}\n`);
      return report.lost + report.doubled === 0 && report.mostCallsInASecond <= rate ? 0 : 1;
    });
  });
}

endWith(main(), 'the outage failed');
