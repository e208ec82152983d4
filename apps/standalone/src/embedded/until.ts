import { setTimeout as delay } from 'node:timers/promises';

const PAUSE_MS = 20;

/** Asks again until the answer is truthy; throws `what` when the deadline passes. */
export async function until<T>(ask: () => Promise<T> | T, deadlineMs: number, what: string): Promise<NonNullable<T>> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`timed out: ${what}`);
    await delay(PAUSE_MS);
  }
}
