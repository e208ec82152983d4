import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Interruption, unlessInterrupted } from './interruption';
import { Stack, type StackOptions } from './stack';

/** Runs `work` on a stack that stops afterwards, however `work` ends; a signal ends it with the signal's exit code. */
export async function withStack(
  interruption: Interruption,
  options: StackOptions,
  work: (stack: Stack) => Promise<number>,
): Promise<number> {
  try {
    const stack = await Stack.start(options, interruption.signal);
    try {
      return await unlessInterrupted(interruption.signal, work(stack));
    } finally {
      await stack.stop();
    }
  } catch (error) {
    const code = interruption.exitCode();
    if (code === null) throw error;
    return code;
  }
}

/** A folder for keys, ledgers and logs that goes when `work` has ended, unless it is wanted. */
export async function inTemporaryFolder(
  { prefix, isKept = false }: { prefix: string; isKept?: boolean },
  work: (folder: string) => Promise<number>,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  try {
    return await work(folder);
  } finally {
    if (!isKept) rmSync(folder, { recursive: true, force: true });
  }
}

/** Ends the process with the code, or with 1 and one line that says why. */
export function endWith(code: Promise<number>, otherwise: string): void {
  code.then(
    (ended) => process.exit(ended),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : otherwise}\n`);
      process.exit(1);
    },
  );
}
