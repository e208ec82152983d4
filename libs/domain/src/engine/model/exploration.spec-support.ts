export interface Explored<T> {
  successors(node: T): T[];
  /** The same key, the same node. */
  key(node: T): string;
  isGood(node: T): boolean;
  /** Nothing more to find out. */
  isCaught(): boolean;
  limit: number;
}

/** Every node that can be reached; hopeless: from one of them no good one can be reached any more. */
export function explore<T>(
  start: T,
  { successors, key, isGood, isCaught, limit }: Explored<T>,
): { states: number; isTooLarge: boolean; isHopeless: boolean } {
  const seen = new Map<string, string[]>([[key(start), []]]);
  const good = new Set<string>();
  const open: T[] = [start];
  while (open.length > 0 && seen.size < limit && !isCaught()) {
    const node = open.pop() as T;
    const here = key(node);
    if (isGood(node)) good.add(here);
    const next = seen.get(here) as string[];
    for (const after of successors(node)) {
      const there = key(after);
      next.push(there);
      if (!seen.has(there)) {
        seen.set(there, []);
        open.push(after);
      }
    }
  }
  const isTooLarge = seen.size >= limit;
  return { states: seen.size, isTooLarge, isHopeless: !isTooLarge && !isCaught() && reaching(seen, good) < seen.size };
}

/** How many nodes can still reach a good one. */
function reaching(graph: ReadonlyMap<string, string[]>, good: ReadonlySet<string>): number {
  const before = new Map<string, string[]>();
  for (const [from, to] of graph) {
    for (const target of to) {
      const known = before.get(target);
      if (known === undefined) before.set(target, [from]);
      else known.push(from);
    }
  }
  const reached = new Set(good);
  const open = [...good];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const previous of before.get(node) ?? []) {
      if (reached.has(previous)) continue;
      reached.add(previous);
      open.push(previous);
    }
  }
  return reached.size;
}
