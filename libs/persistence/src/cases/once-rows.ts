import type { InboxRow, OnceRow, StoredResponse } from '@birth/application';
import { Problem } from '@birth/platform';
import { Injectable } from '@nestjs/common';
import type { Statement } from '../batch';
import type { CaseSeal } from '../sealing/case-seal';
import { KeyRing } from '../sealing/key-ring';
import type { Transaction } from '../transaction';

export type IdempotencyRow = Extract<OnceRow, { kind: 'idempotency' }>;
export type KeptRow = Extract<OnceRow, { kind: 'kept' }>;
const LOCK_NOT_AVAILABLE = '55P03';
const RETRY_SECONDS = 2;

interface InboxKnown {
  message_id: string;
  digest: Buffer;
}

type Taken = 'new' | 'duplicate' | 'reused';

interface Standing {
  disposition: string;
  body: Buffer;
}

/** Stands until the case is read: its key seals the body in the same transaction. */
export const NOT_SEALED_YET = Buffer.alloc(0);

/** The first rows of a transaction: they make an effect happen once. Keys, bodies and subjects are kept as HMAC only. */
@Injectable()
export class OnceRows {
  constructor(private readonly keys: KeyRing) {}

  private digests(row: IdempotencyRow): { subjectHash: Buffer; keyHmac: Buffer; bodyHmac: Buffer } {
    return {
      subjectHash: this.keys.digest('idempotency/subject', row.subject),
      keyHmac: this.keys.digest('idempotency/key', row.key),
      bodyHmac: this.keys.digest('idempotency/body', row.body),
    };
  }

  take(row: IdempotencyRow): Statement {
    const { subjectHash, keyHmac, bodyHmac } = this.digests(row);
    return {
      name: 'idempotency_take',
      text: `insert into idempotency_record (subject_hash, route, key_hmac, body_hmac) values ($1, $2, $3, $4)
        on conflict do nothing`,
      values: [subjectHash, row.route, keyHmac, bodyHmac],
    };
  }

  /** null: the row is ours now; else the first answer. Waits for a running twin as long as lock_timeout allows. */
  async takeIdempotency(client: Transaction, row: IdempotencyRow): Promise<StoredResponse | null> {
    const inserted = await inProgressAs409(() => client.query(this.take(row)));
    return inserted.rowCount === 1 ? null : this.stored(client, row);
  }

  /** The first answer of the same key and body; 422 for another body, 409 while the first is not answered. */
  async stored(client: Transaction, row: IdempotencyRow): Promise<StoredResponse> {
    const { subjectHash, keyHmac, bodyHmac } = this.digests(row);
    const found = await client.query<{ body_hmac: Buffer; response: Buffer | null }>({
      name: 'idempotency_stored',
      text: `select body_hmac, response from idempotency_record
        where subject_hash = $1 and route = $2 and key_hmac = $3`,
      values: [subjectHash, row.route, keyHmac],
    });
    const known = found.rows[0];
    if (known?.response == null) throw inProgress();
    if (!known.body_hmac.equals(bodyHmac)) throw new Problem(422, 'idempotency_key_reused');
    const rowId = keyHmac.toString('hex');
    return this.keys
      .service('idempotency')
      .open<StoredResponse>('idempotency_record', 'response', rowId, known.response);
  }

  private sealResponse(row: IdempotencyRow, response: StoredResponse): Buffer {
    const rowId = this.digests(row).keyHmac.toString('hex');
    return this.keys.service('idempotency').seal('idempotency_record', 'response', rowId, response);
  }

  keepResponse(row: IdempotencyRow, response: StoredResponse): Statement {
    const { subjectHash, keyHmac } = this.digests(row);
    return {
      name: 'idempotency_keep',
      text: `update idempotency_record set response = $4 where subject_hash = $1 and route = $2 and key_hmac = $3`,
      values: [subjectHash, row.route, keyHmac, this.sealResponse(row, response)],
    };
  }

  /** New, taken before, or its id or nonce used for something else. */
  async takeInbox(client: Transaction, row: InboxRow, { disposition, body }: Standing): Promise<Taken> {
    const { agency, messageId, nonce, keyId, digest, receivedAt } = row;
    const inserted = await client.query({
      name: 'inbox_take',
      text: `insert into inbox (agency, message_id, nonce, key_id, digest, body, disposition, received_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
      values: [agency, messageId, nonce, keyId, digest, body, disposition, new Date(receivedAt)],
    });
    return inserted.rowCount === 1 ? 'new' : this.knownMessage(client, row);
  }

  /** A repeated sending is signed anew: the same id and bytes are the same message, whatever their nonce. */
  private async knownMessage(client: Transaction, row: InboxRow): Promise<'duplicate' | 'reused'> {
    const found = await client.query<InboxKnown>({
      text: `select message_id, digest from inbox where agency = $1 and (message_id = $2 or nonce = $3)`,
      values: [row.agency, row.messageId, row.nonce],
    });
    const isSame = found.rows.every((known) => known.message_id === row.messageId && known.digest.equals(row.digest));
    return isSame ? 'duplicate' : 'reused';
  }

  /** Kept until its step is known, and taken by nobody else meanwhile. */
  async takeKept(client: Transaction, { agency, messageId }: KeptRow): Promise<'new' | 'duplicate'> {
    const taken = await client.query({
      name: 'inbox_take_kept',
      text: `update inbox set disposition = 'applied'
        where agency = $1 and message_id = $2 and disposition = 'unmatched'`,
      values: [agency, messageId],
    });
    return taken.rowCount === 1 ? 'new' : 'duplicate';
  }

  /** What became of a message, under the key of the case that it is about. */
  dispose(
    row: InboxRow | KeptRow,
    { disposition, stepId, seal }: { disposition: string; stepId: string | null; seal: CaseSeal },
  ): Statement {
    return {
      name: 'inbox_dispose',
      text: `update inbox set disposition = $3, step_id = $4, body = $5 where agency = $1 and message_id = $2`,
      values: [row.agency, row.messageId, disposition, stepId, sealInbox(seal, row)],
    };
  }

  /** Of a message that belongs to no case (yet). */
  platformBody(row: Pick<InboxRow, 'agency' | 'messageId' | 'body'>): Buffer {
    return sealInbox(this.keys.service('inbox'), row);
  }
}

export const inboxRowId = ({ agency, messageId }: Pick<InboxRow, 'agency' | 'messageId'>): string =>
  `${agency}/${messageId}`;

const sealInbox = (seal: CaseSeal, row: Pick<InboxRow, 'agency' | 'messageId' | 'body'>): Buffer =>
  seal.sealBytes('inbox', 'body', inboxRowId(row), row.body);

const inProgress = () => new Problem(409, 'idempotency_in_progress', { retryAfterSeconds: RETRY_SECONDS });

export async function inProgressAs409<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE) throw inProgress();
    throw error;
  }
}
