import type { KeptMessageLeaf, RootDraft, RootStore, SignedRoot, StatedRoot } from '@birth/application';
import { Injectable } from '@nestjs/common';
import type { Statement } from '../batch';
import { Database } from '../database';
import type { Transaction } from '../transaction';
import { bucketLeaves } from './root-buckets';

const ROOT_LOCK = 727_002;

interface LastRoot {
  number: string;
  hash: Buffer;
  hour: string;
  covered_until: string;
}

/** Rows of transactions that had ended before this root and not before the last one. */
interface Range {
  from: string;
  until: string;
}

const LAST_ROOT = `select number, hash, ms(hour) as hour, covered_until::text from signed_root order by number desc limit 1`;

/** Every transaction below it has ended: a tail by time or by number would lose what commits later. */
const HORIZON = 'select pg_snapshot_xmin(pg_current_snapshot())::text as until';

/** Where the chains of cases stand that were written to, unless the tree says the same already. */
const PUT_ENTRIES = `with changed as (
    select application_id from step_event where xid >= $1::xid8 and xid < $2::xid8
    union select application_id from exchange where xid >= $1::xid8 and xid < $2::xid8
  ), heads as (
    select sha256(uuid_send(a.id)) as key, a.event_seq, a.chain_head, a.exchange_seq, a.exchange_head
    from changed c join application a on a.id = c.application_id
  ), placed as (
    select (get_byte(key, 0) * 16 + get_byte(key, 1) / 16)::smallint as bucket, h.*, sha256(
      convert_to('birth-head/1', 'UTF8') || key || int4send(event_seq) || chain_head
        || int4send(exchange_seq) || exchange_head) as value
    from heads h
  )
  insert into root_entry (bucket, key, root_number, event_seq, event_head, exchange_seq, exchange_head, value)
  select p.bucket, p.key, $3, p.event_seq, p.chain_head, p.exchange_seq, p.exchange_head, p.value
  from placed p left join lateral (select e.value from root_entry e where e.bucket = p.bucket and e.key = p.key
    order by e.root_number desc limit 1) known on true
  where known.value is distinct from p.value`;

const PUT_BUCKETS = `insert into root_bucket (bucket, root_number, leaf)
  select latest.bucket, $1, sha256('\\x00'::bytea || string_agg(latest.key || latest.value, ''::bytea order by latest.key))
  from (select distinct on (e.bucket, e.key) e.bucket, e.key, e.value from root_entry e
    where e.bucket in (select bucket from root_entry where root_number = $1)
    order by e.bucket, e.key, e.root_number desc) latest
  group by latest.bucket`;

const MESSAGES = `select id, door, sender, key_id as "keyId", outcome, size, encode(digest, 'hex') as digest,
    ms(received_at)::float8 as "receivedAt"
  from message_evidence where xid >= $1::xid8 and xid < $2::xid8 order by id`;

/** A background job: it may take longer than what a family waits for. */
const PATIENT: Statement = { text: `set local statement_timeout = '60s'` };

@Injectable()
export class PostgresRootStore implements RootStore {
  constructor(private readonly database: Database) {}

  append(hour: number, state: (draft: RootDraft) => StatedRoot): Promise<SignedRoot | null> {
    return this.database.transaction<SignedRoot | null>(async (client) => {
      const last = await this.lockedLast(client);
      if (last === 'taken' || (last !== null && Number(last.hour) >= hour)) return { commit: false, value: null };
      const number = Number(last?.number ?? 0) + 1;
      const range = await rangeAfter(client, last);
      const draft = await draftOf(client, { number, last, range });
      const stated = state(draft);
      await client.query(putRoot(stated, hour, range.until));
      const { statement, keyId, signature } = stated;
      return { commit: true, value: { number, statement, keyId, signature } };
    });
  }

  /** One process at a time; who comes meanwhile leaves. */
  private async lockedLast(client: Transaction): Promise<LastRoot | 'taken' | null> {
    const [, locked] = await client.together([
      PATIENT,
      { name: 'root_lock', text: 'select pg_try_advisory_xact_lock($1) as is_ours', values: [ROOT_LOCK] },
    ]);
    if (locked?.rows[0]?.['is_ours'] !== true) return 'taken';
    const { rows } = await client.query<LastRoot & Record<string, unknown>>({ name: 'last_root', text: LAST_ROOT });
    return rows[0] ?? null;
  }
}

/** After a restore into another cluster its transactions count anew: everything is looked at again. */
async function rangeAfter(client: Transaction, last: LastRoot | null): Promise<Range> {
  const { rows } = await client.query<{ until: string }>({ name: 'root_horizon', text: HORIZON });
  const until = rows[0]?.until ?? '0';
  const from = last?.covered_until ?? '0';
  return { from: BigInt(from) > BigInt(until) ? '0' : from, until };
}

async function draftOf(
  client: Transaction,
  { number, last, range }: { number: number; last: LastRoot | null; range: Range },
): Promise<RootDraft> {
  const { from, until } = range;
  const [, , messages] = await client.together([
    { name: 'put_root_entries', text: PUT_ENTRIES, values: [from, until, number] },
    { name: 'put_root_buckets', text: PUT_BUCKETS, values: [number] },
    { name: 'root_messages', text: MESSAGES, values: [from, until] },
  ]);
  return {
    previous: last === null ? null : { number: number - 1, hash: last.hash },
    buckets: await bucketLeaves(client, number),
    messages: (messages?.rows ?? []) as unknown as KeptMessageLeaf[],
  };
}

const putRoot = (
  { number, statement, hash, keyId, signature }: StatedRoot,
  hour: number,
  until: string,
): Statement => ({
  name: 'put_root',
  text: `insert into signed_root (number, hour, statement, hash, key_id, signature, covered_until)
    values ($1, $2, $3, $4, $5, $6, $7::xid8)`,
  values: [number, new Date(hour), statement, hash, keyId, signature, until],
});
