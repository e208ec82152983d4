import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from '../../apps/standalone/src/stack/stack';
import { limitedContracts } from '../../apps/standalone/src/outage/limited-contracts';
import { OutageRun, type OutageReport } from '../../apps/standalone/src/outage/outage-run';
import { itWithRedisServer } from '../support/redis';

const RATE = 50;
const WAITING = 600;

describe('D10, fault 29: an agency is away while families file, and comes back to what has waited', () => {
  const folder = mkdtempSync(join(tmpdir(), 'birth-outage-'));
  let stack: Stack;
  let report: OutageReport;
  afterAll(async () => {
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  itWithRedisServer('three workers drain it together at the agreed rate, each step once', async () => {
    const env = { AGENCY_CONTRACTS_FILE: limitedContracts(folder, { 'disease-control': RATE }) };
    const sandbox = { SANDBOX_MODE: 'instant' };
    stack = await Stack.start({ queue: 'redis', split: true, workers: 3, folder, sandbox, env });
    const options = { count: WAITING, others: 20, othersEveryMs: 250, warmUp: 0, out: process.stderr };
    report = await new OutageRun(stack, options).run();
    expect(report).toMatchObject({ waiting: WAITING, lost: 0, doubled: 0 });
    expect(report.drainSeconds).toBeLessThan(4 * (WAITING / RATE));
  });

  itWithRedisServer('I11: its own log never shows more calls in a second, or more under way, than agreed on', () => {
    expect(report.mostCallsInASecond).toBeLessThanOrEqual(RATE);
    expect(report.mostCallsUnderWay).toBeLessThanOrEqual(64);
    expect(report.drainSeconds).toBeGreaterThan((0.9 * WAITING) / RATE);
  });

  itWithRedisServer('I12: while it was away the breaker let hardly a call through', () => {
    expect(report.callsWhileAway).toBeGreaterThanOrEqual(20);
    expect(report.callsWhileAway).toBeLessThan(WAITING / 4);
  });

  itWithRedisServer('families whom it does not concern were served meanwhile', () => {
    expect(report.othersDone).toBe(40);
  });
});
