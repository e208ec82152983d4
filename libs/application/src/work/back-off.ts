/**
 * Full jitter: anywhere between now and the capped exponential, so that a thousand rows put off together do not come
 * back together (AWS Architecture Blog, "Exponential backoff and jitter").
 * @param attempts tries so far, 1 for the first; @param random in [0, 1)
 * @returns milliseconds, at least 1
 */
export function backOffMs(attempts: number, times: { backoffBaseMs: number; backoffCapMs: number }, random: number) {
  const ceiling = Math.min(times.backoffCapMs, times.backoffBaseMs * 2 ** Math.min(attempts, 30));
  return Math.max(1, Math.floor(random * ceiling));
}
