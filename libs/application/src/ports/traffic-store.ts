import {
  type Breaker,
  type CallLimit,
  type CallsSeen,
  CLOSED,
  type Maintenance,
  type QueueName,
  type TriesSeen,
} from '@birth/domain';
import type { Hint } from './hint-queue';

/** What one process saw of an agency's calls since it last told. */
export interface Tally extends CallsSeen {
  failedRetries: number;
  /** Durations of the requests, by class. */
  latencies: number[];
}

export interface AgencyGate {
  /** Epoch ms until which the whole agency is paused (Retry-After); 0 = open. */
  pausedUntil: number;
  /** When the agency last answered anything at all; 0 = never. */
  lastAnsweredAt: number;
  breaker: Breaker;
  /** null: as much as its contract allows. */
  limit: CallLimit | null;
  /** When the limit was last lowered; 0 = never. */
  loweredAt: number;
  /** Rises with every change of breaker or limit. */
  version: number;
  /** Announced by clerks, not yet over. */
  maintenance: readonly Maintenance[];
}

export const OPEN_GATE: AgencyGate = {
  pausedUntil: 0,
  lastAnsweredAt: 0,
  breaker: CLOSED,
  limit: null,
  loweredAt: 0,
  version: 0,
  maintenance: [],
};

export type GateChange = Pick<AgencyGate, 'breaker' | 'limit' | 'loweredAt'>;

/** What all processes know together. */
export interface TrafficSeen {
  gates: ReadonlyMap<QueueName, AgencyGate>;
  /** Since the breaker last changed, within its window. */
  calls: ReadonlyMap<QueueName, CallsSeen & TriesSeen>;
  /** Processes that call agencies, the one that asks among them, longest known first. */
  holders: number;
  /** Place of the one that asks; null while the others have not made room for it yet. */
  rank: number | null;
}

export interface TrafficReport {
  /** null: a process that takes no hints. */
  holder: string | null;
  tallies: ReadonlyMap<QueueName, Tally>;
  now: number;
  windowMs: number;
  seenMs: number;
  settleMs: number;
}

export interface AgencyHealth {
  calls: number;
  failures: number;
  /** Durations of the requests, by class. */
  latencies: number[];
}

/** How the agencies are doing, shared by every process. */
export interface TrafficStore {
  /** Tells and hears in one round trip. */
  report(report: TrafficReport): Promise<TrafficSeen>;
  /** Where nobody changed it since `version`: true. */
  change(queue: QueueName, version: number, to: GateChange): Promise<boolean>;
  /** How calls ended since a moment, by agency. */
  health(since: number): Promise<ReadonlyMap<QueueName, AgencyHealth>>;
  /** One row that is due, a question rather than a call: what an agency is tried with. */
  probe(queue: QueueName, options: { now: number; visibilityMs: number }): Promise<Hint | null>;
  /** The next of the turns that are kept for families, milliseconds to wait; null when all within `maxWaitMs` are taken. */
  turnAside(queue: QueueName, options: { now: number; intervalMs: number; maxWaitMs: number }): Promise<number | null>;
  /** The process takes no more hints: others need not wait for it to be missed. */
  leave(holder: string): Promise<void>;
}

export const TRAFFIC_STORE = Symbol('TRAFFIC_STORE');
