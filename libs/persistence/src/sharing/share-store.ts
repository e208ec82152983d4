import type {
  DueDelivery,
  InboxRow,
  RecoveryWord,
  SectionName,
  ShareCount,
  ShareDelivery,
  SharedCase,
  ShareStore,
} from '@birth/application';
import type { ShareMode } from '@birth/domain';
import { newId } from '@birth/platform';
import { Injectable } from '@nestjs/common';
import type { Statement } from '../batch';
import { loadCase } from '../cases/load-case';
import { OnceRows } from '../cases/once-rows';
import { StoredCase } from '../cases/stored-case';
import { Database } from '../database';
import { type HistoryReader, readOn } from '../history-cursor';
import { KeyRing } from '../sealing/key-ring';
import type { Transaction } from '../transaction';
import { COLUMNS, type DeliveryRow, toDelivery } from './share-rows';
import { putRow } from './share-table';
import { push, putRecovery } from './webhook-changes';

/** What receivers may be told of; no section that holds marriage, parity or an address for delivery. */
const SECTIONS: readonly SectionName[] = ['birth', 'name', 'mother', 'father', 'results'];
const TABLE = 'share_delivery';
const HISTORY: HistoryReader = { name: 'share', caseId: 'e.application_id', joins: '' };

@Injectable()
export class PostgresShareStore implements ShareStore {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly onceRows: OnceRows,
  ) {}

  round(limit: number, now: number, decide: (changed: SharedCase) => readonly DueDelivery[]): Promise<number> {
    return readOn(this.database, HISTORY, limit, (transaction, id) => this.sharesOf(transaction, id, now, decide));
  }

  private async sharesOf(
    transaction: Transaction,
    applicationId: string,
    now: number,
    decide: (changed: SharedCase) => readonly DueDelivery[],
  ): Promise<Statement[]> {
    const rows = await loadCase(transaction, { applicationId, stepId: null, sections: SECTIONS, isLocking: false });
    if (rows === null) return [];
    const loaded = new StoredCase(rows, this.keys);
    const told = await transaction.query<DeliveryRow>({
      name: 'told_shares',
      text: `select ${COLUMNS} from share_delivery d join case_key k on k.case_id = d.application_id
        where d.application_id = $1`,
      values: [applicationId],
    });
    const due = decide({ loaded, told: told.rows.map((row) => toDelivery(row, this.keys)) });
    return due.flatMap((share) => {
      const id = newId();
      const { receiver, newbornIndex, about, event, version, values, mode } = share;
      const sealed = loaded.seal.seal(TABLE, 'sealed', id, values);
      const put = {
        name: 'put_share',
        text: `insert into share_delivery (id, receiver, application_id, newborn_index, about, event, version, sealed,
          made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        values: [id, receiver, applicationId, newbornIndex, about, event, version, sealed, new Date(now)],
      };
      return [put, ...handOver(mode, { ...share, id, applicationId, place: '', madeAt: now, receivedAt: null }, now)];
    });
  }

  async page(
    receiver: string,
    { after, since }: { after: string | null; since: number | null },
    limit: number,
  ): Promise<ShareDelivery[]> {
    const rows = await this.database.query<DeliveryRow>({
      name: 'page_of_shares',
      text: `select ${COLUMNS} from share_delivery d join case_key k on k.case_id = d.application_id
        where d.receiver = $1 and d.place > $2 and ($3::timestamptz is null or d.made_at >= $3) order by d.place limit $4`,
      values: [receiver, after ?? '0', since === null ? null : new Date(since), limit],
    });
    return rows.map((row) => toDelivery(row, this.keys));
  }

  async byId(id: string): ReturnType<ShareStore['byId']> {
    const [row] = await this.database.query<NonNullable<Awaited<ReturnType<ShareStore['byId']>>>>({
      name: 'share_by_id',
      text: `select id, receiver, application_id as "applicationId", newborn_index as "newbornIndex", about
        from share_delivery where id = $1`,
      values: [id],
    });
    return row ?? null;
  }

  acknowledge(id: string, once: InboxRow): Promise<'new' | 'duplicate' | 'reused'> {
    return this.once(once, () => [
      {
        name: 'share_received',
        text: 'update share_delivery set received_at = coalesce(received_at, $2) where id = $1',
        values: [id, new Date(once.receivedAt)],
      },
    ]);
  }

  async disputed(id: string, at: number): Promise<void> {
    await this.database.query({
      name: 'share_disputed',
      text: 'update share_delivery set disputed_at = coalesce(disputed_at, $2) where id = $1',
      values: [id, new Date(at)],
    });
  }

  /** Behind whoever writes places now: a reader that has passed a place has seen all before it. */
  resend(id: string, once: InboxRow, mode: ShareMode): Promise<'new' | 'duplicate' | 'reused'> {
    return this.once(once, (transaction) => this.again(transaction, { id, mode, now: once.receivedAt }));
  }

  resendBy({ id, receiver }: { id: string; receiver: string }, mode: ShareMode, word: RecoveryWord): Promise<void> {
    return this.database.transaction(async (transaction) => {
      const again = await this.again(transaction, { id, mode, now: word.now });
      await transaction.last([...again, putRecovery(receiver, { ...word, deliveryId: id, since: null })]);
      return { commit: true, value: undefined };
    });
  }

  private async again(
    transaction: Transaction,
    { id, mode, now }: { id: string; mode: ShareMode; now: number },
  ): Promise<Statement[]> {
    return [
      { name: 'share_cursor_wait', text: 'select one from share_cursor for update', values: [] },
      {
        name: 'share_resend',
        text: `update share_delivery set place = nextval('share_place'), received_at = null where id = $1`,
        values: [id],
      },
      ...(mode === 'api' ? [] : handOver(mode, await this.delivery(transaction, id), now)),
    ];
  }

  private async delivery(transaction: Transaction, id: string): Promise<ShareDelivery> {
    const { rows } = await transaction.query<DeliveryRow & Record<string, unknown>>({
      name: 'share_delivery',
      text: `select ${COLUMNS} from share_delivery d join case_key k on k.case_id = d.application_id where d.id = $1`,
      values: [id],
    });
    return toDelivery(rows[0] as DeliveryRow, this.keys);
  }

  /** A receiver's message and what it changes. */
  private once(
    row: InboxRow,
    changesOf: (transaction: Transaction) => Promise<readonly Statement[]> | readonly Statement[],
  ): Promise<'new' | 'duplicate' | 'reused'> {
    return this.database.transaction(async (transaction) => {
      const body = this.onceRows.platformBody(row);
      const taken = await this.onceRows.takeInbox(transaction, row, { disposition: 'applied', body });
      if (taken !== 'new') return { commit: false, value: taken };
      await transaction.last(await changesOf(transaction));
      return { commit: true, value: taken };
    });
  }

  async counts(from: Date, to: Date): Promise<ShareCount[]> {
    const rows = await this.database.query<Record<keyof ShareCount, string>>({
      name: 'share_counts',
      text: `select receiver, about, event, count(*) as made, count(received_at) as received, count(disputed_at) as disputed
        from share_delivery where made_at >= $1 and made_at < $2 group by 1, 2, 3 order by 1, 2, 3`,
      values: [from, to],
    });
    return rows.map((row) => ({
      ...(row as unknown as ShareCount),
      made: Number(row.made),
      received: Number(row.received),
      disputed: Number(row.disputed),
    }));
  }
}

/** What is done for a receiver that does not come by itself. */
function handOver(mode: ShareMode, delivery: ShareDelivery, now: number): Statement[] {
  if (mode === 'webhook') return [push(delivery.id, now)];
  return mode === 'exchange_table' ? [putRow(delivery, now)] : [];
}
