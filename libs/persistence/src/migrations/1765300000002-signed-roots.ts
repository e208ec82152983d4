import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['signed_root', 'root_entry', 'root_bucket'];

/** The hourly signed roots, where each case's chains stood then, and the tree's leaves as they changed. */
export class SignedRoots1765300000002 implements MigrationInterface {
  readonly name = 'SignedRoots1765300000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table signed_root (
      number bigint constraint signed_root_pk primary key,
      hour timestamptz not null constraint signed_root_hour_key unique,
      statement text not null,
      hash bytea not null,
      key_id text not null,
      signature bytea not null,
      covered_until xid8 not null
    )`);
    await runner.query(`create table root_entry (
      bucket smallint not null,
      key bytea not null,
      root_number bigint not null,
      event_seq integer not null,
      event_head bytea not null,
      exchange_seq integer not null,
      exchange_head bytea not null,
      value bytea not null,
      constraint root_entry_pk primary key (bucket, key, root_number)
    )`);
    await runner.query(`create table root_bucket (
      bucket smallint not null,
      root_number bigint not null,
      leaf bytea not null,
      constraint root_bucket_pk primary key (bucket, root_number)
    )`);
    for (const table of TABLES) {
      await runner.query(`create trigger ${table}_append_only before update or delete on ${table}
        for each row execute function refuse_change()`);
      await runner.query(`create trigger ${table}_no_truncate before truncate on ${table}
        for each statement execute function refuse_change()`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`drop table ${table}`);
  }
}
