import { isTerminal } from '@birth/domain';
import type { ClientBase } from 'pg';
import {
  bookedAs,
  type ComparedStep,
  type KnownNewborns,
  type LedgerEntry,
  nameOf,
  namesOf,
} from './ledger-comparison';

type BookedEntry = LedgerEntry & { newborn: { name: string; sex?: string; bornAt?: string } };

/** Steps whose office is still asked to change what it has registered. */
export async function openUpdates(database: ClientBase): Promise<ReadonlySet<string>> {
  const { rows } = await database.query<{ stepId: string }>(
    `select step_id as "stepId" from human_task where kind = 'data_update' and closed_at is null`,
  );
  return new Set(rows.map(({ stepId }) => stepId));
}

/** P15: at the end of a case every agency's book has one name, one sex and one birth date of each newborn. */
export function otherChildren(
  steps: readonly ComparedStep[],
  entries: readonly BookedEntry[],
  known: KnownNewborns,
  updates: ReadonlySet<string>,
): string[] {
  const newborns = new Map<string, ComparedStep[]>();
  for (const step of steps) newborns.set(nameOf(step), [...(newborns.get(nameOf(step)) ?? []), step]);
  return [...newborns].flatMap(([newborn, own]) => {
    const isOver = own.every(({ id, state }) => isTerminal(state) && !updates.has(id));
    return isOver ? contradictions(lastWords(own, entries, known)).map((fact) => `P15 ${newborn}: ${fact}`) : [];
  });
}

/** What each agency has of the newborn in the end: the last line of its book. */
function lastWords(
  steps: readonly ComparedStep[],
  entries: readonly BookedEntry[],
  known: KnownNewborns,
): Map<string, BookedEntry> {
  const booked = new Map(steps.flatMap((step) => namesOf(step, known).map((name) => [`${step.agency} ${name}`, step])));
  const last = new Map<string, BookedEntry>();
  for (const entry of entries) {
    if (booked.has(`${entry.agency} ${bookedAs(entry) ?? ''}`)) last.set(entry.agency, entry);
  }
  return last;
}

/** The tax administration's wire carries no sex and no birth, nor does what is handed out by a worklist: its book guesses. */
const isToldTheBirth = ({ agency, newborn }: BookedEntry): boolean =>
  agency !== 'tax-administration' && (newborn.bornAt ?? '') !== '';
const FACTS: Readonly<Record<string, (entry: BookedEntry) => string>> = {
  name: ({ results, newborn }) => results?.['registeredName'] ?? newborn.name,
  sex: (entry) => (isToldTheBirth(entry) ? (entry.newborn.sex ?? '') : ''),
  'birth date': (entry) => (isToldTheBirth(entry) ? (entry.newborn.bornAt ?? '').slice(0, 10) : ''),
};

/** An agency that is told less says nothing of the rest. */
function contradictions(words: ReadonlyMap<string, BookedEntry>): string[] {
  return Object.entries(FACTS).flatMap(([fact, read]) => {
    const said = [...words]
      .map(([agency, entry]) => [agency, read(entry)] as const)
      .filter(([, value]) => value !== '');
    const isOne = new Set(said.map(([, value]) => value)).size <= 1;
    return isOne ? [] : [`another ${fact} at ${said.map(([agency]) => agency).join(', ')}`];
  });
}
