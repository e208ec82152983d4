import { resultKey, type StepResults } from '@birth/application';
import { type CaseSeal, KeyRing, PersistenceConfig } from '@birth/persistence';
import type { ClientBase } from 'pg';
import {
  bookedAs,
  type ComparedStep,
  type KnownNewborns,
  type LedgerEntry,
  nameOf,
  namesOf,
} from './ledger-comparison';

/** What is stored of each newborn, by `${applicationId}/${newbornIndex}`. */
export type StoredResults = ReadonlyMap<string, StepResults>;

interface SealedRow {
  applicationId: string;
  newbornIndex: number;
  sealed: Buffer;
  wrapped: Buffer;
}

const SEALED = `select f.application_id as "applicationId", f.newborn_index as "newbornIndex", f.sealed, k.wrapped
  from form_section f join case_key k on k.case_id = f.application_id where f.section = 'results'`;

/** Opened with the keys of this installation. */
export async function storedResults(
  database: ClientBase,
  keys: Pick<PersistenceConfig, 'MASTER_KEY' | 'LOOKUP_KEY'>,
): Promise<StoredResults> {
  const ring = new KeyRing(Object.assign(new PersistenceConfig(), keys));
  const { rows } = await database.query<SealedRow>(SEALED);
  return new Map(rows.map((row) => [nameOf(row), opened(ring.openCase(row.applicationId, row.wrapped), row)]));
}

const opened = (seal: CaseSeal, { newbornIndex, sealed }: SealedRow): StepResults =>
  seal.open<StepResults>('form_section', 'sealed', `${newbornIndex}/results`, sealed);

/** I7: what is stored of a step that an agency has done is what the agency wrote into its own book. */
export function differingResults(
  steps: readonly ComparedStep[],
  entries: readonly LedgerEntry[],
  known: KnownNewborns,
  stored: StoredResults,
): string[] {
  const done = steps.filter(
    ({ state, source }) => state === 'completed' && (source === 'agency' || source === 'worklist'),
  );
  return done.flatMap((step) => {
    const names = namesOf(step, known);
    const books = entries.filter((entry) => entry.agency === step.agency && names.includes(bookedAs(entry) ?? ''));
    const results = stored.get(nameOf(step))?.[resultKey(step)];
    if (books.length === 0 || books.some((entry) => isSame(results, entry))) return [];
    return [`I7 ${step.code} ${step.id}: other results than the agency's`];
  });
}

/** Field by field of what we keep; a book names the newborn beside its results. */
function isSame(results: object | undefined, entry: LedgerEntry): boolean {
  if (results === undefined) return false;
  const booked: Record<string, string> = { registeredName: entry.newborn.name, ...entry.results };
  return Object.entries(results).every(([field, value]) => booked[field] === String(value));
}
