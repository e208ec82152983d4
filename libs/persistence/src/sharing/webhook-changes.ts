import type { ShareTaskKind, WebhookAttempt, WebhookStore } from '@birth/application';
import { newId } from '@birth/platform';
import type { Statement } from '../batch';

type Recovery = Parameters<WebhookStore['recover']>[1];

/** A clerk's word stays, whatever comes of it. */
export const putRecovery = (
  receiver: string,
  { deliveryId = null, since, by, reason, now }: Recovery & { deliveryId?: string | null },
): Statement => ({
  name: 'put_share_recovery',
  text: `insert into share_recovery (id, receiver, delivery_id, since, by, reason, at) values ($1, $2, $3, $4, $5, $6, $7)`,
  values: [newId(), receiver, deliveryId, since === null ? null : new Date(since), by, reason, new Date(now)],
});

/** The same delivery comes once more: in the place that it has now, as if it had just been made. */
export const push = (id: string, now: number): Statement => ({
  name: 'put_webhook',
  text: `insert into share_webhook (delivery_id, receiver, application_id, newborn_index, place, state, owed_at, next_at)
    select id, receiver, application_id, newborn_index, place, 'owed', $2::timestamptz, $2::timestamptz from share_delivery where id = $1
    on conflict (delivery_id) do update set place = excluded.place, state = 'owed', owed_at = $2, next_at = $2,
      attempts = 0`,
  values: [id, new Date(now)],
});

/** A 2xx counts whatever became of the row meanwhile; the first time that a receiver has it stays. */
export function settled(id: string, attempt: WebhookAttempt, nextAt: number): Statement[] {
  const { at, durationMs, status, outcome } = attempt;
  const noted = {
    name: 'webhook_attempt',
    text: `insert into share_webhook_attempt (delivery_id, at, duration_ms, status, outcome) values ($1, $2, $3, $4, $5)`,
    values: [id, new Date(at), durationMs, status, outcome],
  };
  const end = new Date(at + durationMs);
  if (outcome !== 'taken') return [noted, putOff(id, nextAt)];
  return [
    noted,
    { name: 'webhook_taken', text: `update share_webhook set state = 'taken' where delivery_id = $1`, values: [id] },
    {
      name: 'webhook_received',
      text: 'update share_delivery set received_at = coalesce(received_at, $2) where id = $1',
      values: [id, end],
    },
  ];
}

const putOff = (id: string, nextAt: number): Statement => ({
  name: 'webhook_put_off',
  text: `update share_webhook set next_at = $2 where delivery_id = $1 and state = 'owed'`,
  values: [id, new Date(nextAt)],
});

export const openTask = (
  receiver: string,
  kind: ShareTaskKind,
  { now, dueAt }: { now: number; dueAt: number },
): Statement => ({
  name: 'share_task_open',
  text: `insert into share_task (receiver, kind, opened_at, due_at) values ($1, $2, $3, $4) on conflict do nothing`,
  values: [receiver, kind, new Date(now), new Date(dueAt)],
});

/** What waits already waits no longer. */
export const owedAgain = (receiver: string, { since, now }: Recovery): Statement => ({
  name: 'webhooks_owed_again',
  text: `insert into share_webhook (delivery_id, receiver, application_id, newborn_index, place, state, owed_at, next_at)
    select d.id, d.receiver, d.application_id, d.newborn_index, d.place, 'owed', $3::timestamptz, $3::timestamptz from share_delivery d
      where d.receiver = $1 and d.made_at >= $2
    union
    select d.id, d.receiver, d.application_id, d.newborn_index, d.place, 'owed', $3::timestamptz, $3::timestamptz
      from share_webhook w join share_delivery d on d.id = w.delivery_id where w.receiver = $1 and w.state <> 'taken'
    on conflict (delivery_id) do update set state = 'owed', owed_at = $3, next_at = $3, attempts = 0`,
  values: [receiver, since === null ? 'infinity' : new Date(since), new Date(now)],
});

export const reopen = (receiver: string, now: number): Statement => ({
  name: 'webhook_reopen',
  text: `update share_endpoint set disabled_at = null, phase = 'closed', since = $2, until = 'epoch', opens = 0,
    calls = 0, failures = 0, connect_errors = 0 where receiver = $1`,
  values: [receiver, new Date(now)],
});

export const closeTasks = (receiver: string, { now, by, reason }: Recovery): Statement => ({
  name: 'share_tasks_close',
  text: `update share_task set closed_at = $2, closed_by = $3, closing_reason = $4
    where receiver = $1 and closed_at is null`,
  values: [receiver, new Date(now), by, reason],
});
