import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `create table share_webhook (
    delivery_id uuid constraint share_webhook_pk primary key,
    receiver text not null,
    application_id uuid not null,
    newborn_index smallint not null,
    place bigint not null,
    state text not null constraint share_webhook_state check (state in ('owed', 'taken', 'given_up')),
    owed_at timestamptz not null,
    attempts integer not null default 0,
    next_at timestamptz not null
  )`,
  `create index share_webhook_due_idx on share_webhook (receiver, next_at) where state = 'owed'`,
  `create index share_webhook_order_idx on share_webhook (receiver, application_id, newborn_index, place) where state = 'owed'`,
  `create index share_webhook_age_idx on share_webhook (owed_at) where state = 'owed'`,
  `create index share_webhook_open_idx on share_webhook (receiver, state, delivery_id) where state <> 'taken'`,
  'create index share_delivery_log_idx on share_delivery (receiver, id)',
  'create index share_delivery_since_idx on share_delivery (receiver, made_at)',
  `create table share_webhook_attempt (
    id bigint generated always as identity constraint share_webhook_attempt_pk primary key,
    delivery_id uuid not null,
    at timestamptz not null,
    duration_ms integer not null,
    status smallint,
    outcome text not null
  )`,
  'create index share_webhook_attempt_idx on share_webhook_attempt (delivery_id, id)',
  `create table share_endpoint (
    receiver text constraint share_endpoint_pk primary key,
    phase text not null default 'closed',
    since timestamptz not null default 'epoch',
    until timestamptz not null default 'epoch',
    opens integer not null default 0,
    window_at timestamptz not null default 'epoch',
    calls integer not null default 0,
    failures integer not null default 0,
    connect_errors integer not null default 0,
    disabled_at timestamptz
  )`,
  `create table share_task (
    id bigint generated always as identity constraint share_task_pk primary key,
    receiver text not null,
    kind text not null,
    opened_at timestamptz not null,
    due_at timestamptz not null,
    closed_at timestamptz,
    closed_by text,
    closing_reason text
  )`,
  'create unique index share_task_open_key on share_task (receiver, kind) where closed_at is null',
];

/** Deliveries that are pushed (policy P19): what is owed, each attempt, the breaker before a receiver's door, and tasks. */
export class ShareWebhooks1766400000200 implements MigrationInterface {
  readonly name = 'ShareWebhooks1766400000200';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index share_delivery_log_idx, share_delivery_since_idx');
    await runner.query('drop table share_webhook, share_webhook_attempt, share_endpoint, share_task');
  }
}
