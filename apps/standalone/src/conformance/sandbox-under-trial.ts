import { join } from 'node:path';
import type { AgencySide } from '../../../conformance/src/agency/agency-side';
import { CallbackDoor } from '../../../conformance/src/door/callback-door';
import { Child, freePort } from '../embedded';
import { projectFolder } from '../embedded/postgres-binaries';
import type { Stack } from '../stack/stack';

const PACE_MS = '60';
const HOST = '127.0.0.1';

export interface SandboxUnderTrial {
  url: string;
  door: CallbackDoor;
  pay: NonNullable<AgencySide['pay']>;
}

/** A sandbox beside the platform's own, with the same keys and secrets, whose messages come to a door of the kit. */
export async function withSandboxUnderTrial<T>(
  stack: Stack,
  work: (sandbox: SandboxUnderTrial) => Promise<T>,
): Promise<T> {
  const { folder } = stack.options;
  const keys = join(folder, 'keys');
  const door = await CallbackDoor.open({ host: HOST, port: 0, keysFile: join(keys, 'public.json') });
  const port = await freePort();
  const child = new Child({
    program: join(projectFolder(), 'dist', 'apps', 'sandbox', 'src', 'main.js'),
    logFile: stack.logFile('sandbox-under-trial'),
    env: {
      SANDBOX_PORT: String(port),
      PLATFORM_URL: door.url,
      SANDBOX_KEYS_DIR: keys,
      SANDBOX_DATA_DIR: join(folder, 'ledgers-under-trial'),
      SANDBOX_LEDGER: 'memory',
      SANDBOX_PACE_MS: PACE_MS,
      SANDBOX_GATEWAY_TOKEN: stack.agencyEnvironment['HEALTH_COMMISSION_TOKEN'] ?? '',
    },
  });
  try {
    await child.start();
    const url = `http://${HOST}:${port}`;
    return await work({ url, door, pay: (due) => payAt(url, due) });
  } finally {
    await child.stop();
    await door.close();
  }
}

/** As the family does at the sandbox's tax administration. */
export async function payAt(
  sandboxUrl: string,
  { noticeNumber, amountFen }: { noticeNumber: string; amountFen: number },
): Promise<void> {
  const reply = await fetch(`${sandboxUrl}/_sandbox/tax-administration/payments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ noticeNo: noticeNumber, amount: amountFen }),
  });
  if (reply.status !== 201) throw new Error(`the sandbox took no payment: ${reply.status}`);
}
