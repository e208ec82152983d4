import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `create table reconciliation_run (
    id uuid constraint reconciliation_run_pk primary key,
    agency text not null,
    day date not null,
    is_nightly boolean not null,
    asked_by text,
    asked_at timestamptz not null,
    due_at timestamptz not null,
    attempts integer not null default 0,
    state text not null default 'asked',
    ended_at timestamptz,
    compared_by text,
    ours integer not null default 0,
    theirs integer not null default 0,
    asked integer not null default 0,
    differences jsonb not null default '{}',
    failure text
  )`,
  // A night is planned once, however many processes look at the clock; an agency is compared by one at a time.
  'create unique index reconciliation_night_key on reconciliation_run (agency, day) where is_nightly',
  'create unique index reconciliation_asked_key on reconciliation_run (agency) where ended_at is null and not is_nightly',
  'create index reconciliation_due_idx on reconciliation_run (due_at) where ended_at is null',
  `create table reconciliation_difference (
    id uuid constraint reconciliation_difference_pk primary key,
    agency text not null,
    fingerprint bytea not null,
    kind text not null,
    cure text not null,
    step_id uuid,
    application_id uuid,
    office_code text,
    ours text,
    theirs text,
    unknown bytea,
    found_at timestamptz not null,
    seen_at timestamptz not null,
    due_at timestamptz not null,
    closed_at timestamptz
  )`,
  `create unique index reconciliation_difference_open_key on reconciliation_difference (agency, fingerprint)
    where closed_at is null`,
];

/** Each comparison with an agency, and what differs until it is gone. */
export class Reconciliation1765700000001 implements MigrationInterface {
  readonly name = 'Reconciliation1765700000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table reconciliation_difference');
    await runner.query('drop table reconciliation_run');
  }
}
