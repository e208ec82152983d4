import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the city's portal is told of its cases: codes and times alone, each once by its key. */
export class PortalRecords1766300000001 implements MigrationInterface {
  readonly name = 'PortalRecords1766300000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table portal_cursor (
      one boolean constraint portal_cursor_pk primary key default true check (one),
      xid xid8 not null,
      id bigint not null
    )`);
    await runner.query(`insert into portal_cursor (xid, id) values ('0', 0)`);
    await runner.query(`create table portal_record (
      id uuid constraint portal_record_pk primary key,
      application_id uuid not null,
      step_id uuid not null,
      seq integer not null,
      place smallint not null,
      kind text not null,
      about text not null,
      office_code text not null,
      at timestamptz not null,
      made_at timestamptz not null,
      state text not null default 'owed',
      attempts integer not null default 0,
      next_at timestamptz not null,
      sent_at timestamptz,
      acknowledged_at timestamptz,
      refusal text,
      constraint portal_record_once_key unique (application_id, seq, place)
    )`);
    await runner.query(`create index portal_record_due_idx on portal_record (next_at) where state = 'owed'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table portal_record, portal_cursor');
  }
}
