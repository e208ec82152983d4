import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

/** A process that a signal ended has a signal code and no exit code. */
export const isAlive = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;

/** Sends the signals in turn until the child has ended, each with its patience in milliseconds. */
export async function endChild(
  child: ChildProcess,
  signals: readonly NodeJS.Signals[],
  patienceMs: number,
): Promise<void> {
  const ended = new Promise<true>((resolve) => child.once('exit', () => resolve(true)));
  for (const signal of signals) {
    if (!isAlive(child)) return;
    child.kill(signal);
    const late = new AbortController();
    const hasEnded = await Promise.race([ended, delay(patienceMs, false, late).catch(() => false)]);
    late.abort();
    if (hasEnded) return;
  }
}
