import type { HistoryEntry } from '@birth/domain';
import { createHash } from 'node:crypto';
import type { Actor, StepEventRow } from './ports/case-store';

export interface ChainHead {
  seq: number;
  head: Buffer;
}

export interface ActedBy {
  actor: Actor;
  /** Subject of a token or an agency's code; never a name. */
  actorId: string | null;
}

/** First link of every case's chain. */
export const CHAIN_START: ChainHead = { seq: 0, head: Buffer.alloc(32) };

/** Links history entries to the chain of their case: hash = SHA-256(previous hash, canonical entry). */
export function chainEvents(
  history: readonly HistoryEntry[],
  start: ChainHead,
  by: ActedBy,
  at: number,
): StepEventRow[] {
  let previousHash = start.head;
  return history.map((entry, index) => {
    const unlinked = { ...entry, ...by, seq: start.seq + index + 1, at };
    const hash = eventHash(unlinked, previousHash);
    const row: StepEventRow = { ...unlinked, previousHash, hash };
    previousHash = hash;
    return row;
  });
}

/** SHA-256 over the previous hash and the entry's fields in fixed order, detail keys sorted. */
export function eventHash(event: Omit<StepEventRow, 'previousHash' | 'hash'>, previousHash: Buffer): Buffer {
  const detail = Object.entries(event.detail).sort(([a], [b]) => (a < b ? -1 : 1));
  const fields = [
    event.seq,
    event.stepId,
    event.newbornIndex,
    event.type,
    event.fromState,
    event.toState,
    event.reason,
    event.actor,
    event.actorId,
    detail,
    event.at,
  ];
  return createHash('sha256').update(previousHash).update(JSON.stringify(fields)).digest();
}
