export interface Interruption {
  /** Aborted by the first SIGINT or SIGTERM. */
  signal: AbortSignal;
  /** 128 + the number of the signal, as shells say it; null until then. */
  exitCode(): number | null;
}

/**
 * Listens from now on, so that it comes before anything is started or made. The second Ctrl-C of an impatient person
 * changes nothing: it must not cut the cleaning short.
 */
export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  let code: number | null = null;
  const listen = (name: NodeJS.Signals, number: number): void =>
    void process.on(name, () => {
      code ??= 128 + number;
      controller.abort(new Error('interrupted'));
    });
  listen('SIGINT', 2);
  listen('SIGTERM', 15);
  return { signal: controller.signal, exitCode: () => code };
}

/** `work`, or a rejection as soon as the signal comes; what `work` does later is nobody's concern. */
export function unlessInterrupted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const interrupted = new Promise<never>((_resolve, reject) => {
    const leave = (): void => reject(signal.reason as Error);
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
  return Promise.race([work, interrupted]);
}
