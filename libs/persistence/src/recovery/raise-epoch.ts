import { Client } from 'pg';

/** Numbers that the lost time may have given out already are left out. */
const LOST_OFFERS = 1_000_000_000;
const LOST_CASE_NUMBERS = 500_000;

const RAISE = `insert into restore_epoch (raised_at)
  values (greatest(now(), (select max(filed_at) from application))) on conflict do nothing`;

/** No lease is held by anybody of this time; a call counts as tried, so that a withdrawal asks the agency, too. */
const EVERYTHING_IS_DUE = `with due as (update work set offer = nextval('work_offer'), lease_token = null, lease_until = null,
    due_at = case when kind = 'DEADLINE' then due_at else least(due_at, now()) end,
    attempts = case when kind = 'CALL' then greatest(attempts, 1) else 0 end, failures = 0,
    maybe_sent = maybe_sent or kind = 'CALL'
  returning kind)
  select kind, count(*)::int as rows from due group by kind`;

/** How many rows of each kind are due by it. */
export type RaisedEpoch = Readonly<Record<string, number>>;

/**
 * After this database was restored to an earlier time, before any worker starts: from now on every step of the cases in it
 * is checked with its agency before anything is sent for it. Raised once for each restore; raised again it does no harm.
 */
export async function raiseEpoch(databaseUrl: string): Promise<RaisedEpoch> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(RAISE);
    await client.query(`select setval('work_offer', nextval('work_offer') + ${LOST_OFFERS})`);
    await client.query(
      `select setval('case_sequence', (nextval('case_sequence') + ${LOST_CASE_NUMBERS}) % 999999 + 1)`,
    );
    const { rows } = await client.query<{ kind: string; rows: number }>(EVERYTHING_IS_DUE);
    await client.query('commit');
    return Object.fromEntries(rows.map((row) => [row.kind, row.rows]));
  } finally {
    await client.end();
  }
}
