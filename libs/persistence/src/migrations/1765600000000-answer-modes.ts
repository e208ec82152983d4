import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `create table office_mode (
    office_code text not null,
    seq int not null,
    answer_mode text not null,
    previous text not null,
    changed_by text not null,
    reason text not null,
    changed_at timestamptz not null,
    constraint office_mode_pk primary key (office_code, seq),
    constraint office_mode_known check (answer_mode in ('api', 'exchange_table', 'batch', 'worklist'))
  )`,
  `create trigger office_mode_append_only before update or delete on office_mode
    for each row execute function refuse_change()`,
  // the agency's side gets a role of its own on this schema alone: select, and update of its own columns
  'create schema exchange',
  `create table exchange.step_request (
    third_party_id uuid not null,
    agency text not null,
    office_code text not null,
    step_code text not null,
    qualifier text not null,
    content jsonb,
    written_at timestamptz not null,
    flag text,
    flag_at timestamptz,
    receipt text,
    error_text text,
    error_fields jsonb,
    result jsonb,
    refusal jsonb,
    constraint step_request_pk primary key (third_party_id),
    constraint step_request_flag check (flag in ('0', '1', '2', '3')),
    constraint step_request_flag_at check (flag is null or flag_at is not null)
  )`,
  `create index step_request_open_idx on exchange.step_request (agency, office_code, written_at)
    where flag is null or flag = '0'`,
];

/** How offices answer where a supervisor changed it (P2), and the table through which some of them do. */
export class AnswerModes1765600000000 implements MigrationInterface {
  readonly name = 'AnswerModes1765600000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table exchange.step_request');
    await runner.query('drop schema exchange');
    await runner.query('drop table office_mode');
  }
}
