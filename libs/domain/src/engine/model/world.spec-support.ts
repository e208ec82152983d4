import type { CaseState, StepRecord, WorkRecord } from '../../case-state';
import { isTerminal } from '../../vocabulary';

export const STEP = 'birth_certificate';

export type Answer = 'accepted' | 'completed' | 'correction_needed';

export interface Worker {
  kind: 'CALL' | 'POLL';
  token: string;
  maybeSentBefore: boolean;
  attempt: number;
  offer: number;
  /** What came back and is not recorded yet; null before the call. */
  outcome: Answer | 'unavailable' | 'unknown' | 'not_found' | null;
}

export interface World {
  state: CaseState;
  /** Wake-up number of each row. */
  offers: Record<string, number>;
  nextOffer: number;
  /** Hints under way. */
  hints: string[];
  workers: (Worker | null)[];
  expired: string[];
  /** Keys that the agency has seen, and how often it did the work. */
  keys: string[];
  effects: number;
  /** What the agency has said of the step: nothing, accepted, asked for a correction, done. */
  said: 'nothing' | 'accepted' | 'correction_needed' | 'completed';
  callbacks: Answer[];
  claimed: string[];
  budget: { faults: number; attempts: number };
}

export const stepIn = (world: World): StepRecord => world.state.steps[0] as StepRecord;
export const rowOf = (world: World, kind: string): WorkRecord | undefined =>
  world.state.work.find((row) => row.kind === kind);
export const replaced = <T>(items: readonly T[], index: number, item: T): T[] =>
  items.map((old, at) => (at === index ? item : old));
export function without<T>(items: readonly T[], item: T): T[] {
  const at = items.indexOf(item);
  return items.filter((_, index) => index !== at);
}

/** Ended; or a person has it. A family that was asked something has it, too. */
export function isGood(world: World): boolean {
  const { state, owner } = stepIn(world);
  const isPersons = (state === 'stuck' && owner === 'clerk') || state === 'correction_needed';
  // when all attempts of the model are spent, more of the same would follow
  return isTerminal(state) || isPersons || world.budget.attempts === 0;
}

/** Times and counters that do not matter are left out; wake-up numbers count by their order. */
export function key(world: World): string {
  const { state, reason, hasReceipt, sentGeneration } = stepIn(world);
  const { hints, workers, expired, keys, effects, said, callbacks, budget, offers, claimed } = world;
  const rank = ranks(world);
  const named = (hint: string): string =>
    hint.replace(/#(\d+)$/, (_, offer: string) => `#${rank.get(Number(offer)) ?? 'old'}`);
  const live = claimed.filter(
    (hint) => hints.includes(hint) || Number(hint.split('#')[1]) === offers[hint.split('#')[0] ?? ''],
  );
  const work = state === 'completed' ? [] : world.state.work.map((row) => [row.kind, row.leaseToken, row.maybeSent]);
  const jobs = workers.map((worker) => worker && [worker.kind, worker.token, worker.outcome, worker.maybeSentBefore]);
  return JSON.stringify([
    [
      state,
      reason,
      hasReceipt,
      sentGeneration,
      work,
      jobs,
      [...expired].sort(),
      keys,
      effects,
      said,
      [...callbacks].sort(),
    ],
    [
      budget,
      hints.map(named).sort(),
      Object.keys(offers).map((kind) => [kind, rank.get(offers[kind] ?? 0)]),
      live.map(named).sort(),
    ],
  ]);
}

function ranks({ offers, hints, workers }: World): Map<number, number> {
  const numbers = [
    ...Object.values(offers),
    ...hints.map((hint) => Number(hint.split('#')[1])),
    ...workers.flatMap((worker) => (worker === null ? [] : [worker.offer])),
  ];
  return new Map([...new Set(numbers)].sort((a, b) => a - b).map((offer, index) => [offer, index]));
}
