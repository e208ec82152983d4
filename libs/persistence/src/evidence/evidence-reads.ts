import type { CaseEvidence, EvidenceReads, KeptExchange, OpenedBodies, RootProof } from '@birth/application';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { ExchangeBodies } from '../cases/sealed-rows';
import { Database } from '../database';
import { type EventRow, toEvent } from '../reads/event-row';
import type { CaseSeal } from '../sealing/case-seal';
import { KeyRing } from '../sealing/key-ring';
import type { Transaction } from '../transaction';
import { bucketLeaves } from './root-buckets';

interface Named {
  id: string;
  case_number: string;
  wrapped: Buffer;
}
type ExchangeRow = Omit<KeptExchange, 'bodies'> & { bodies: Buffer };
interface RootRow {
  number: string;
  statement: string;
  keyId: string;
  signature: Buffer;
}
type Entry = RootProof['entry'];
type Options = Parameters<EvidenceReads['ofCase']>[1];

const EXCHANGES = `select id, seq, step_id as "stepId", generation, direction, method, path, status,
    ms(started_at)::float8 as "startedAt", duration_ms as "durationMs", key_id as "keyId",
    reply_key_id as "replyKeyId", request_digest as "requestDigest",
    reply_digest as "replyDigest", hash, bodies
  from exchange where step_id in (select id from step where application_id = $1) order by seq nulls first, id`;

const EVENTS = `select application_id, seq, step_id, newborn_index, type, from_state, to_state, reason, actor, actor_id,
    detail, ms(at) as at, previous_hash, hash
  from step_event where application_id = $1 order by seq`;

const ROOTS = `select number, statement, key_id as "keyId", signature from signed_root
  where number >= coalesce($1, (select max(number) from signed_root)) order by number`;

const ENTRY = `select event_seq as "eventSeq", event_head as "eventHead", exchange_seq as "exchangeSeq",
    exchange_head as "exchangeHead"
  from root_entry where bucket = $1 and key = $2 and root_number <= $3 order by root_number desc limit 1`;

const BUCKET = `select distinct on (key) key, value from root_entry where bucket = $1 and root_number <= $2
  order by key, root_number desc`;

/** All rows of a case as of one moment. */
@Injectable()
export class PostgresEvidenceReads implements EvidenceReads {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
  ) {}

  ofCase(of: Parameters<EvidenceReads['ofCase']>[0], options: Options): Promise<CaseEvidence | null> {
    return this.database.snapshot(async (client) => {
      const { rows } = await client.query<Named & Record<string, unknown>>({
        text: `select a.id, a.case_number, k.wrapped from application a join case_key k on k.case_id = a.id
          where ${'caseNumber' in of ? 'a.case_number' : 'a.id'} = $1`,
        values: ['caseNumber' in of ? of.caseNumber : of.applicationId],
      });
      const [named] = rows;
      return named === undefined ? null : this.read(client, named, options);
    });
  }

  private async read(client: Transaction, { id, case_number, wrapped }: Named, options: Options) {
    const [events, exchanges] = await client.together([
      { text: EVENTS, values: [id] },
      { text: EXCHANGES, values: [id] },
    ]);
    const seal = options.withBodies ? this.keys.openCase(id, wrapped) : null;
    return {
      applicationId: id,
      caseNumber: case_number,
      events: (events?.rows as EventRow[]).map(toEvent),
      exchanges: (exchanges?.rows as ExchangeRow[]).map((row) => ({ ...row, bodies: openBodies(row, seal) })),
      proof: await proofOf(client, id, options.rootsSince),
    };
  }
}

function openBodies({ id, bodies }: ExchangeRow, seal: CaseSeal | null): OpenedBodies | null {
  if (seal === null) return null;
  const { salt, request, reply, requestBytes, replyBytes } = seal.open<ExchangeBodies>(
    'exchange',
    'bodies',
    id,
    bodies,
  );
  return {
    salt: salt === undefined ? null : Buffer.from(salt, 'base64'),
    request: bytesOf(request, requestBytes),
    reply: reply === null ? null : bytesOf(reply, replyBytes),
  };
}

const bytesOf = (text: string, bytes: string | undefined): Buffer =>
  bytes === undefined ? Buffer.from(text) : Buffer.from(bytes, 'base64');

async function proofOf(client: Transaction, applicationId: string, since: number | null): Promise<RootProof | null> {
  const { rows: roots } = await client.query<RootRow & Record<string, unknown>>({ text: ROOTS, values: [since] });
  const last = Number(roots.at(-1)?.number ?? 0);
  const key = createHash('sha256')
    .update(Buffer.from(applicationId.replaceAll('-', ''), 'hex'))
    .digest();
  const bucketNumber = key.readUInt16BE(0) >> 4;
  const [entries, bucket] = await client.together([
    { text: ENTRY, values: [bucketNumber, key, last] },
    { text: BUCKET, values: [bucketNumber, last] },
  ]);
  const entry = entries?.rows[0] as Entry | undefined;
  if (entry === undefined) return null;
  return {
    roots: roots.map(({ number, statement, keyId, signature }) => ({
      number: Number(number),
      statement,
      keyId,
      signature,
    })),
    entry,
    bucket: bucket?.rows as unknown as RootProof['bucket'],
    bucketNumber,
    leaves: await bucketLeaves(client, last),
  };
}
