import type { Statement } from './batch';
import type { Database } from './database';
import type { Transaction } from './transaction';

/** One that follows the history after the fact; its place in it is the one row of `<name>_cursor`. */
export interface HistoryReader {
  name: 'share' | 'portal';
  /** The case that an event `e` is about, null where it is none of this reader's, and what else has to be joined. */
  caseId: string;
  joins: string;
}

interface Place {
  xid: string;
  id: string;
}
type Tail = Place & { application_id: string | null };

/**
 * One round: every case with new events once, and the place moved on in the same transaction. Answers how many events were
 * passed; 0 where there was nothing new, or another process reads.
 */
export function readOn(
  database: Database,
  reader: HistoryReader,
  limit: number,
  writesOf: (transaction: Transaction, applicationId: string) => Promise<readonly Statement[]>,
): Promise<number> {
  return database.transaction(async (transaction) => {
    const events = await nextEvents(transaction, reader, limit);
    const last = events.at(-1);
    if (last === undefined) return { commit: false, value: 0 };
    const cases = new Set(events.flatMap(({ application_id: id }) => (id === null ? [] : [id])));
    const writes: Statement[] = [];
    for (const id of cases) writes.push(...(await writesOf(transaction, id)));
    await transaction.last([...writes, moveTo(reader, last)]);
    return { commit: true, value: events.length };
  });
}

/** Below the oldest running transaction only: a later commit can no longer slip in behind the cursor. */
async function nextEvents(
  transaction: Transaction,
  { name, caseId, joins }: HistoryReader,
  limit: number,
): Promise<Tail[]> {
  const held = await transaction.query<Place & Record<string, unknown>>({
    name: `${name}_cursor`,
    text: `select xid::text, id::text from ${name}_cursor for update skip locked`,
    values: [],
  });
  const [place] = held.rows;
  if (place === undefined) return [];
  const { rows } = await transaction.query<Tail & Record<string, unknown>>({
    name: `${name}_tail`,
    text: `select e.xid::text, e.id::text, ${caseId} as application_id from step_event e ${joins}
      where (e.xid, e.id) > ($1::xid8, $2::bigint) and e.xid < pg_snapshot_xmin(pg_current_snapshot())
      order by e.xid, e.id limit $3`,
    values: [place.xid, place.id, limit],
  });
  return rows;
}

const moveTo = ({ name }: HistoryReader, { xid, id }: Place): Statement => ({
  name: `move_${name}_cursor`,
  text: `update ${name}_cursor set xid = $1::xid8, id = $2`,
  values: [xid, id],
});
