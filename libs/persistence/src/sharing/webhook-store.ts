import type {
  LoggedDelivery,
  LogQuery,
  OwedWebhook,
  ShareTask,
  WebhookAttempt,
  WebhookEndpoint,
  WebhookStanding,
  WebhookStore,
} from '@birth/application';
import { type Breaker, type CallsSeen, CLOSED } from '@birth/domain';
import { Injectable } from '@nestjs/common';
import { Database } from '../database';
import { KeyRing } from '../sealing/key-ring';
import { COLUMNS, type DeliveryRow, toDelivery } from './share-rows';
import { closeTasks, openTask, owedAgain, putRecovery, reopen, settled } from './webhook-changes';
import {
  BREAKER,
  type EndpointRow,
  LOG,
  LOG_OF_OPEN,
  type LogRow,
  STANDINGS,
  type StandingRow,
  toEndpoint,
  toLogged,
  toStanding,
} from './webhook-rows';

@Injectable()
export class PostgresWebhookStore implements WebhookStore {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
  ) {}

  async endpoint(receiver: string): Promise<WebhookEndpoint> {
    const [row] = await this.database.query<EndpointRow>({
      name: 'webhook_endpoint',
      text: `select ${BREAKER}, ms(disabled_at) as disabled_at from share_endpoint where receiver = $1`,
      values: [receiver],
    });
    return row === undefined ? { breaker: CLOSED, disabledAt: null } : toEndpoint(row);
  }

  async setBreaker(receiver: string, from: Breaker, to: Breaker): Promise<boolean> {
    const rows = await this.database.query({
      name: 'webhook_breaker',
      text: `insert into share_endpoint as e (receiver, phase, since, until, opens) values ($1, $5, $6, $7, $8)
        on conflict (receiver) do update set phase = $5, since = $6, until = $7, opens = $8, calls = 0, failures = 0,
          connect_errors = 0
        where e.phase = $2 and e.since = $3 and e.until = $4 returning 1`,
      values: [
        ...[receiver, from.phase, new Date(from.since), new Date(from.until)],
        ...[to.phase, new Date(to.since), new Date(to.until), to.opens],
      ],
    });
    return rows.length > 0;
  }

  async count(
    receiver: string,
    { calls, failures, connectErrors }: CallsSeen,
    { now, windowMs }: { now: number; windowMs: number },
  ): Promise<CallsSeen> {
    const old = 'e.window_at < $6';
    const [seen] = await this.database.query<CallsSeen>({
      name: 'webhook_count',
      text: `insert into share_endpoint as e (receiver, window_at, calls, failures, connect_errors)
        values ($1, $5, $2, $3, $4) on conflict (receiver) do update set
          window_at = case when ${old} then $5 else e.window_at end,
          calls = case when ${old} then 0 else e.calls end + $2,
          failures = case when ${old} then 0 else e.failures end + $3,
          connect_errors = case when ${old} then 0 else e.connect_errors end + $4
        returning calls, failures, connect_errors as "connectErrors"`,
      values: [receiver, calls, failures, connectErrors, new Date(now), new Date(now - windowMs)],
    });
    return seen as CallsSeen;
  }

  async claim(receiver: string, limit: number, times: { now: number; leaseMs: number }): Promise<OwedWebhook[]> {
    const rows = await this.database.query<DeliveryRow & { attempts: number }>({
      name: 'webhooks_claim',
      text: `with due as (
          select w.delivery_id from share_webhook w
          where w.receiver = $1 and w.state = 'owed' and w.next_at <= $2 and not exists (
            select 1 from share_webhook e where e.receiver = w.receiver and e.application_id = w.application_id
              and e.newborn_index = w.newborn_index and e.state = 'owed' and e.place < w.place)
          order by w.next_at, w.place limit $3 for update of w skip locked),
        claimed as (
          update share_webhook set attempts = attempts + 1, next_at = $4
          where delivery_id in (select delivery_id from due) returning delivery_id, attempts)
        select ${COLUMNS}, c.attempts from claimed c join share_delivery d on d.id = c.delivery_id
          join case_key k on k.case_id = d.application_id`,
      values: [receiver, new Date(times.now), limit, new Date(times.now + times.leaseMs)],
    });
    return rows.map((row) => ({ ...toDelivery(row, this.keys), attempts: row.attempts }));
  }

  async settle({ id }: { id: string }, attempt: WebhookAttempt, nextAt: number): Promise<void> {
    await this.database.queries(settled(id, attempt, nextAt));
  }

  async disable(receiver: string, times: { now: number; dueAt: number }): Promise<void> {
    const gone = {
      name: 'webhook_gone',
      text: `insert into share_endpoint (receiver, disabled_at) values ($1, $2)
        on conflict (receiver) do update set disabled_at = coalesce(share_endpoint.disabled_at, $2)`,
      values: [receiver, new Date(times.now)],
    };
    await this.database.queries([gone, openTask(receiver, 'endpoint_gone', times)]);
  }

  async giveUp(before: number, { now, dueAt }: { now: number; dueAt: number }): Promise<void> {
    await this.database.query({
      name: 'webhooks_give_up',
      text: `with over as (
          update share_webhook set state = 'given_up' where state = 'owed' and owed_at < $1 returning receiver)
        insert into share_task (receiver, kind, opened_at, due_at)
          select distinct receiver, 'undelivered', $2::timestamptz, $3::timestamptz from over on conflict do nothing`,
      values: [new Date(before), new Date(now), new Date(dueAt)],
    });
  }

  recover(receiver: string, request: Parameters<WebhookStore['recover']>[1]): Promise<number> {
    return this.database.transaction(async (transaction) => {
      const { rowCount } = await transaction.query(owedAgain(receiver, request));
      await transaction.last([
        reopen(receiver, request.now),
        closeTasks(receiver, request),
        putRecovery(receiver, request),
      ]);
      return { commit: true, value: rowCount };
    });
  }

  async standings(): Promise<WebhookStanding[]> {
    return (await this.database.query<StandingRow>(STANDINGS)).map(toStanding);
  }

  async tasks(): Promise<ShareTask[]> {
    const rows = await this.database.query<{ [K in keyof ShareTask]: string }>({
      name: 'share_tasks',
      text: `select receiver, kind, ms(opened_at) as "openedAt", ms(due_at) as "dueAt" from share_task
        where closed_at is null order by due_at, id`,
      values: [],
    });
    return rows.map((row) => ({
      receiver: row.receiver,
      kind: row.kind as ShareTask['kind'],
      openedAt: Number(row.openedAt),
      dueAt: Number(row.dueAt),
    }));
  }

  async log({ receiver, state, after, limit }: LogQuery): Promise<LoggedDelivery[]> {
    const rows = await this.database.query<LogRow>(
      state === null
        ? { name: 'webhook_log', text: LOG, values: [receiver, after, limit] }
        : { name: 'webhook_log_open', text: LOG_OF_OPEN, values: [receiver, after, limit, state] },
    );
    return rows.map(toLogged);
  }
}
