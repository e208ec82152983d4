import type { Statement } from '../batch';
import type { Transaction } from '../transaction';

interface Changed {
  passed: number;
  /** Filed at the portal. */
  applicationIds: string[];
  /** Where the history has been read to; null: nothing new, or another process reads it. */
  cursor: { xid: string; id: string } | null;
}

/** Below the oldest running transaction only: a later commit can no longer slip in behind the cursor. */
export async function changedPortalCases(transaction: Transaction, limit: number): Promise<Changed> {
  const held = await transaction.query<{ xid: string; id: string }>({
    name: 'portal_cursor',
    text: 'select xid::text, id::text from portal_cursor for update skip locked',
    values: [],
  });
  const [cursor] = held.rows;
  if (cursor === undefined) return { passed: 0, applicationIds: [], cursor: null };
  const { rows } = await transaction.query<{ xid: string; id: string; portal_id: string | null }>({
    name: 'portal_tail',
    text: `select e.xid::text, e.id::text, p.application_id as portal_id
      from step_event e left join portal_case p using (application_id)
      where (e.xid, e.id) > ($1::xid8, $2::bigint) and e.xid < pg_snapshot_xmin(pg_current_snapshot())
      order by e.xid, e.id limit $3`,
    values: [cursor.xid, cursor.id, limit],
  });
  const filed = rows.flatMap(({ portal_id: id }) => (id === null ? [] : [id]));
  return { passed: rows.length, applicationIds: [...new Set(filed)], cursor: rows.at(-1) ?? null };
}

export const moveTo = ({ xid, id }: { xid: string; id: string }): Statement => ({
  name: 'move_portal_cursor',
  text: 'update portal_cursor set xid = $1::xid8, id = $2',
  values: [xid, id],
});
