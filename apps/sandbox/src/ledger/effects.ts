import type { LedgerEntry } from './ledger-entry';

export interface EffectSummary {
  received: number;
  finals: number;
  withdrawn: number;
  /** Final effects per idempotency key and per natural key: more than one is a doubled effect. */
  byKey: Record<string, number>;
  byNaturalKey: Record<string, number>;
  doubledKeys: string[];
  doubledNaturalKeys: string[];
}

export function summarise(entries: readonly LedgerEntry[]): EffectSummary {
  const finals = entries.filter((entry) => entry.kind === 'final');
  const byKey = count(finals.flatMap((entry) => (entry.key === null ? [] : [entry.key])));
  const byNaturalKey = count(finals.map((entry) => entry.naturalKey));
  return {
    received: entries.filter((entry) => entry.kind === 'received').length,
    finals: finals.length,
    withdrawn: entries.filter((entry) => entry.kind === 'withdrawn').length,
    byKey,
    byNaturalKey,
    doubledKeys: doubled(byKey),
    doubledNaturalKeys: doubled(byNaturalKey),
  };
}

function count(keys: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return Object.fromEntries(counts);
}

const doubled = (counts: Readonly<Record<string, number>>): string[] =>
  Object.keys(counts).filter((key) => (counts[key] ?? 0) > 1);
