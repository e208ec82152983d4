import type { InboxRow, InboxStore, Kept, KeptMessage, MessageReference } from '@birth/application';
import { Injectable } from '@nestjs/common';
import { inboxRowId, OnceRows } from '../cases/once-rows';
import { Database } from '../database';
import { putKept } from '../evidence/message-evidence';
import { KeyRing } from '../sealing/key-ring';
import { referenceToken } from './reference-token';

interface KeptRow {
  agency: KeptMessage['agency'];
  message_id: string;
  key_id: string;
  body: Buffer;
  received_at: string;
  step_id: string;
  generation: number | null;
}

/** Messages that belong to no case (yet): sealed under the key of this installation. */
@Injectable()
export class PostgresInboxStore implements InboxStore {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly onceRows: OnceRows,
  ) {}

  keepUnmatched(row: InboxRow, reference: MessageReference): Promise<Kept> {
    return this.keep(row, 'unmatched', reference);
  }

  keepBroken(row: Omit<InboxRow, 'kind' | 'messageId'>): Promise<Kept> {
    return this.keep({ ...row, kind: 'inbox', messageId: `sha-256:${row.digest.toString('hex')}` }, 'broken');
  }

  keepReceived(row: InboxRow): Promise<Kept> {
    return this.keep(row, 'received');
  }

  private keep(row: InboxRow, disposition: string, reference?: MessageReference): Promise<Kept> {
    return this.database.transaction(async (client) => {
      const body = this.onceRows.platformBody(row);
      const taken = await this.onceRows.takeInbox(client, row, { disposition, body });
      if (taken !== 'new') return { commit: false, value: taken };
      await client.query(putKept(row, disposition));
      if (reference !== undefined) {
        const { kind, token } = referenceToken(this.keys, row.agency, reference);
        await client.query({
          name: 'inbox_refer',
          text: `update inbox set reference_kind = $3, reference_token = $4 where agency = $1 and message_id = $2`,
          values: [row.agency, row.messageId, kind, token],
        });
      }
      return { commit: true, value: 'kept' as const };
    });
  }

  async matchable(receivedSince: number, limit: number): Promise<KeptMessage[]> {
    const rows = await this.database.query<KeptRow>({
      name: 'inbox_matchable',
      text: `select i.agency, i.message_id, i.key_id, i.body, ms(i.received_at) as received_at, t.step_id, t.generation
        from inbox i join lookup_token t on t.kind = i.reference_kind and t.token = i.reference_token
          join step s on s.id = t.step_id and s.agency = i.agency
        where i.disposition = 'unmatched' and i.received_at > $1 order by i.received_at limit $2`,
      values: [new Date(receivedSince), limit],
    });
    return rows.map((row) => ({
      agency: row.agency,
      messageId: row.message_id,
      body: this.open(row),
      receivedAt: Number(row.received_at),
      keyId: row.key_id,
      stepId: row.step_id,
      generation: row.generation,
    }));
  }

  private open({ agency, message_id: messageId, body }: KeptRow): Buffer | null {
    try {
      return this.keys.service('inbox').openBytes('inbox', 'body', inboxRowId({ agency, messageId }), body);
    } catch {
      return null;
    }
  }

  async giveUp(agency: string, messageId: string): Promise<void> {
    await this.database.query({
      name: 'inbox_give_up',
      text: `update inbox set disposition = 'broken' where agency = $1 and message_id = $2 and disposition = 'unmatched'`,
      values: [agency, messageId],
    });
  }
}
