/** Tells a parent that started us that we listen; nothing when there is none. */
export function sayReady(): void {
  process.send?.('ready');
}

/** A child ends with its parent: when the channel closes, `close` runs and the process leaves. */
export function endWithParent(close: () => Promise<void>): void {
  const leave = (): void => void close().finally(() => process.exit(0));
  if (process.send !== undefined) process.once('disconnect', leave);
}
