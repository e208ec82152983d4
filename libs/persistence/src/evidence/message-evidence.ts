import {
  GOVERNMENT_PORTAL,
  type InboxRow,
  type MessageDoor,
  type MessageEvidence,
  type RefusedMessage,
  type UnreadMessage,
} from '@birth/application';
import { newId } from '@birth/platform';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { Statement } from '../batch';
import { Database } from '../database';
import { KeyRing } from '../sealing/key-ring';

interface Row {
  door: string;
  sender: string | null;
  keyId: string | null;
  outcome: string;
  size: number;
  digest: Buffer;
  body: Buffer | null;
  receivedAt: number;
}

const putMessage = (id: string, row: Row): Statement => ({
  name: 'put_message_evidence',
  text: `insert into message_evidence (id, door, sender, key_id, outcome, size, digest, body, received_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
  values: [id, row.door, row.sender, row.keyId, row.outcome, row.size, row.digest, row.body, new Date(row.receivedAt)],
});

function doorOf(sender: string): MessageDoor {
  if (sender === 'hospital') return 'birth-notifications';
  return sender === GOVERNMENT_PORTAL ? 'portal' : 'messages';
}

/** Beside its row of the inbox, which has the body. */
export const putKept = ({ agency, keyId, body, digest, receivedAt }: InboxRow, outcome: string): Statement =>
  putMessage(newId(), {
    door: doorOf(agency),
    sender: agency,
    keyId,
    outcome,
    size: body.length,
    digest,
    body: null,
    receivedAt,
  });

@Injectable()
export class PostgresMessageEvidence implements MessageEvidence {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
  ) {}

  async refused({ door, sender, keyId, code, body, receivedAt }: RefusedMessage): Promise<void> {
    const id = newId();
    const isSigned = code === 'used_before';
    const sealed = isSigned ? this.keys.service('inbox').sealBytes('message_evidence', 'body', id, body) : null;
    const digest = createHash('sha256').update(body).digest();
    await this.database.query(
      putMessage(id, { door, sender, keyId, outcome: code, size: body.length, digest, body: sealed, receivedAt }),
    );
  }

  async unread({ door, sender, code, size, receivedAt }: UnreadMessage): Promise<void> {
    const row = { door, sender, keyId: null, outcome: code, size, digest: DIGEST_OF_NOTHING, body: null, receivedAt };
    await this.database.query(putMessage(newId(), row));
  }
}

const DIGEST_OF_NOTHING = createHash('sha256').digest();
