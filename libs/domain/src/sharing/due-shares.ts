import { fieldsOf, type Receiver, type SharedFact, type SharedValues, type ShareEvent } from './receiver';

/** What a receiver was last told of one fact of one newborn. */
export interface ToldShare {
  receiver: string;
  about: SharedFact;
  event: ShareEvent;
  /** 1, and one more with every correction, retraction and return. */
  version: number;
  values: SharedValues;
}

export type DueShare = ToldShare;

/** What is so of a newborn now; a fact that is missing is not, or not any more. */
export type SharedState = Partial<Record<SharedFact, SharedValues>>;

/**
 * What a receiver is to be told of a newborn, from what is so and what it was told last: whoever got the old value gets the
 * new one, and who was never told of a fact is not told that it is gone (policy P19). Of a death only those hear who know
 * the child. Telling it makes the list empty.
 */
export function dueShares(receiver: Receiver, state: SharedState, told: readonly ToldShare[]): DueShare[] {
  const due = factsOf(receiver, state, told);
  const own = told.filter((one) => one.receiver === receiver.code);
  const knowsChild = [...own, ...due].some(({ about }) => about !== 'died');
  return knowsChild ? due : due.filter(({ about }) => about !== 'died');
}

function factsOf(receiver: Receiver, state: SharedState, told: readonly ToldShare[]): DueShare[] {
  return receiver.facts.flatMap((about) => {
    const values = state[about] === undefined ? null : valuesFor(receiver, about, state[about]);
    const last = lastOf(told, receiver.code, about);
    const event = eventOf(about, values, last);
    if (event === null) return [];
    const version = (last?.version ?? 0) + 1;
    return [{ receiver: receiver.code, about, event, version, values: values ?? {} }];
  });
}

function eventOf(about: SharedFact, values: SharedValues | null, last: ToldShare | undefined): ShareEvent | null {
  const isTold = last !== undefined && last.event !== 'retracted';
  if (values === null) return isTold ? 'retracted' : null;
  if (!isTold) return about;
  return isSame(values, last.values) ? null : 'corrected';
}

const valuesFor = (receiver: Receiver, about: SharedFact, all: SharedValues): SharedValues =>
  Object.fromEntries(fieldsOf(receiver, about).map((field) => [field, all[field] ?? null]));

/** By content: a field that was added to the receiver's set since is news. */
function isSame(one: SharedValues, other: SharedValues): boolean {
  const fields = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof SharedValues>;
  return [...fields].every((field) => (one[field] ?? null) === (other[field] ?? null));
}

const lastOf = (told: readonly ToldShare[], receiver: string, about: SharedFact): ToldShare | undefined =>
  told
    .filter((one) => one.receiver === receiver && one.about === about)
    .reduce<ToldShare | undefined>((last, one) => ((last?.version ?? 0) > one.version ? last : one), undefined);
