import type { Actor, ExchangeLink, StepEventRow } from '@birth/application';
import type { StepRecord } from '@birth/domain';
import type { ClientBase } from 'pg';

export interface EventRow {
  applicationId: string;
  seq: number;
  stepId: string | null;
  newbornIndex: number | null;
  type: string;
  fromState: StepEventRow['fromState'];
  toState: StepEventRow['toState'];
  reason: StepEventRow['reason'];
  actor: Actor;
  actorId: string | null;
  detail: Record<string, string | number | boolean | null>;
  at: number;
  previousHash: Buffer;
  hash: Buffer;
}

export interface StoredCaseRow {
  id: string;
  status: string;
  seq: number;
  head: Buffer;
  exchangeSeq: number;
  exchangeHead: Buffer;
}

export type ExchangeRow = ExchangeLink & { applicationId: string; previousHash: Buffer; hash: Buffer };

export type StoredStep = StepRecord & { applicationId: string };

export interface InboxRow {
  agency: string;
  messageId: string;
  disposition: string;
  bytes: number;
}

export interface CaseRows {
  cases: StoredCaseRow[];
  steps: StoredStep[];
  events: EventRow[];
  exchanges: ExchangeRow[];
  inbox: InboxRow[];
}

const EVENTS = `select application_id as "applicationId", seq, step_id as "stepId", newborn_index as "newbornIndex", type,
  from_state as "fromState", to_state as "toState", reason, actor, actor_id as "actorId", detail, ms(at)::float8 as at,
  previous_hash as "previousHash", hash from step_event order by application_id, seq`;

const STEPS = `select id, application_id as "applicationId", newborn_index as "newbornIndex", code, state, reason, owner,
  source, holds, basis, mode, generation, sent_generation as "sentGeneration", version from step`;

/** Those that were kept before they had digests are in no chain. */
const EXCHANGES = `select application_id as "applicationId", id, seq, step_id as "stepId", generation, direction, method,
  path, status, ms(started_at)::float8 as "startedAt", duration_ms as "durationMs", key_id as "keyId",
  reply_key_id as "replyKeyId", request_digest as "requestDigest",
  reply_digest as "replyDigest", previous_hash as "previousHash", hash
  from exchange where seq is not null order by application_id, seq`;

const CASES = `select id, status, event_seq as seq, chain_head as head, exchange_seq as "exchangeSeq",
  exchange_head as "exchangeHead" from application`;

const INBOX = `select agency, message_id as "messageId", disposition, length(body) as bytes from inbox`;

export async function readCaseRows(database: ClientBase): Promise<CaseRows> {
  return {
    cases: (await database.query<StoredCaseRow>(CASES)).rows,
    steps: (await database.query<StoredStep>(STEPS)).rows,
    events: (await database.query<EventRow>(EVENTS)).rows,
    exchanges: (await database.query<ExchangeRow>(EXCHANGES)).rows,
    inbox: (await database.query<InboxRow>(INBOX)).rows,
  };
}

export function groupedBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
