import { type DoubtedRow, sharedItem, type ShareDelivery, type ShareTable } from '@birth/application';
import { Injectable } from '@nestjs/common';
import type { Statement } from '../batch';
import { Database } from '../database';
import { KeyRing } from '../sealing/key-ring';
import { COLUMNS, type DeliveryRow, toDelivery } from './share-rows';
import { closeTasks, putRecovery } from './webhook-changes';

/** What the receiver reads, open: it stands there until the receiver has it. */
export const putRow = (delivery: ShareDelivery, now: number): Statement => ({
  name: 'put_share_row',
  text: `insert into exchange.share_delivery as d (delivery_id, receiver, content, written_at) values ($1, $2, $3, $4)
    on conflict (delivery_id) do update set content = excluded.content, written_at = excluded.written_at, flag = null,
      flag_at = null, error_text = null, error_fields = null, read_at = null`,
  values: [delivery.id, delivery.receiver, JSON.stringify(sharedItem(delivery)), new Date(now)],
});

@Injectable()
export class PostgresShareTable implements ShareTable {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
  ) {}

  async takeReceipts(now: number): Promise<number> {
    const rows = await this.database.query({
      name: 'share_rows_received',
      text: `with taken as (
          update exchange.share_delivery set content = null, read_at = $1 where flag = '1' and read_at is null
          returning delivery_id, flag_at)
        update share_delivery d set received_at = coalesce(d.received_at, t.flag_at) from taken t
          where d.id = t.delivery_id returning 1`,
      values: [new Date(now)],
    });
    return rows.length;
  }

  doubted(limit: number): Promise<DoubtedRow[]> {
    return this.database.query<DoubtedRow & Record<string, unknown>>({
      name: 'share_rows_doubted',
      text: `select d.id as "deliveryId", d.receiver, d.application_id as "applicationId",
          d.newborn_index as "newbornIndex", d.about, x.error_text as "errorText", x.error_fields as "errorFields"
        from exchange.share_delivery x join share_delivery d on d.id = x.delivery_id
        where x.flag = '3' and x.read_at is null order by x.flag_at limit $1`,
      values: [limit],
    });
  }

  async doubtTaken(deliveryId: string, now: number): Promise<void> {
    await this.database.query({
      name: 'share_row_doubt_taken',
      text: 'update exchange.share_delivery set content = null, read_at = $2 where delivery_id = $1',
      values: [deliveryId, new Date(now)],
    });
  }

  async tellUntaken(before: number, { now, dueAt }: { now: number; dueAt: number }): Promise<void> {
    await this.database.query({
      name: 'share_rows_untaken',
      text: `insert into share_task (receiver, kind, opened_at, due_at)
        select distinct receiver, 'undelivered', $2::timestamptz, $3::timestamptz from exchange.share_delivery
          where flag is null and written_at < $1 on conflict do nothing`,
      values: [new Date(before), new Date(now), new Date(dueAt)],
    });
  }

  writeAgain(receiver: string, request: Parameters<ShareTable['writeAgain']>[1]): Promise<number> {
    return this.database.transaction(async (transaction) => {
      const { rows } = await transaction.query<DeliveryRow & Record<string, unknown>>({
        name: 'share_rows_again',
        text: `select ${COLUMNS} from share_delivery d join case_key k on k.case_id = d.application_id
          where d.receiver = $1 and d.made_at >= $2
          union all
          select ${COLUMNS} from exchange.share_delivery x join share_delivery d on d.id = x.delivery_id
            join case_key k on k.case_id = d.application_id
            where x.receiver = $1 and x.flag is null and d.made_at < $2`,
        values: [receiver, request.since === null ? 'infinity' : new Date(request.since)],
      });
      const written = rows.map((row) => putRow(toDelivery(row, this.keys), request.now));
      await transaction.last([...written, closeTasks(receiver, request), putRecovery(receiver, request)]);
      return { commit: true, value: rows.length };
    });
  }
}
