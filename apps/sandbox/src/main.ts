import 'reflect-metadata';
import { fstatSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { readConfig, sayReady } from '@birth/platform';
import { createSandbox } from './create-sandbox';
import { SandboxConfig } from './sandbox.config';

/** Runs until SIGTERM, SIGINT, or until the parent process has gone (its IPC channel or its pipe to us closes). */
async function main(): Promise<void> {
  const config = readConfig(SandboxConfig);
  const app = await createSandbox(config);
  await app.listen(config.SANDBOX_PORT, config.SANDBOX_HOST);
  const { port } = app.getHttpServer().address() as AddressInfo;
  let closing = false;
  const close = (): void => {
    if (closing) return;
    closing = true;
    void app.close().finally(() => process.exit(0));
  };
  process.on('SIGTERM', close);
  process.on('SIGINT', close);
  process.on('disconnect', close);
  if (stdinIsPipe()) process.stdin.on('end', close).on('error', close).resume();
  sayReady();
  process.stdout.write(`sandbox ready on http://${config.SANDBOX_HOST}:${port}\n`);
}

/** A terminal or /dev/null says nothing about a parent; a pipe ends with it. */
function stdinIsPipe(): boolean {
  try {
    const stdin = fstatSync(0);
    return stdin.isFIFO() || stdin.isSocket();
  } catch {
    return false;
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`sandbox could not start: ${error instanceof Error ? error.message : 'unknown error'}\n`);
  process.exit(1);
});
