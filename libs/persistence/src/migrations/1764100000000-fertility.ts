import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `create sequence fertility_sequence minvalue 1 maxvalue 999999 cycle`,
  // No key into any table of the five services: a declaration is never linked to a case (policy P9).
  `create table fertility_registration (
    id uuid constraint fertility_registration_pk primary key,
    receipt_number text not null constraint fertility_registration_receipt_key unique,
    declarant_subject text not null,
    office_code text not null,
    state text not null,
    owner text not null,
    due_at timestamptz,
    is_escalated boolean not null,
    version integer not null,
    declared_at timestamptz not null,
    sealed bytea not null
  )`,
  `create index fertility_registration_declarant_idx on fertility_registration (declarant_subject, id)`,
  `create index fertility_registration_office_idx on fertility_registration (office_code, id)`,
  `create index fertility_registration_due_idx on fertility_registration (due_at) where due_at is not null`,
  `create table fertility_token (
    token bytea constraint fertility_token_pk primary key,
    registration_id uuid not null
  )`,
  `create index fertility_token_registration_idx on fertility_token (registration_id)`,
  `create table fertility_event (
    registration_id uuid not null,
    seq integer not null,
    type text not null,
    from_state text,
    to_state text not null,
    actor text not null,
    actor_id text,
    at timestamptz not null,
    constraint fertility_event_pk primary key (registration_id, seq)
  )`,
];

/** 生育登记: a small application of its own. */
export class Fertility1764100000000 implements MigrationInterface {
  readonly name = 'Fertility1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['fertility_event', 'fertility_token', 'fertility_registration']) {
      await runner.query(`drop table ${table}`);
    }
    await runner.query('drop sequence fertility_sequence');
  }
}
