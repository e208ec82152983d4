import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Population information for its receivers (policy P19): a log of what each was told, and how far the history was read. */
export class Sharing1766000000000 implements MigrationInterface {
  readonly name = 'Sharing1766000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table share_cursor (
      one boolean constraint share_cursor_pk primary key default true check (one),
      xid xid8 not null,
      id bigint not null
    )`);
    await runner.query(`insert into share_cursor (xid, id) values ('0', 0)`);
    await runner.query('create sequence share_place');
    await runner.query(`create table share_delivery (
      id uuid constraint share_delivery_pk primary key,
      place bigint not null default nextval('share_place') constraint share_delivery_place_key unique,
      receiver text not null,
      application_id uuid not null,
      newborn_index smallint not null,
      about text not null,
      event text not null,
      version integer not null,
      sealed bytea not null,
      made_at timestamptz not null,
      received_at timestamptz,
      disputed_at timestamptz,
      constraint share_delivery_version_key unique (application_id, newborn_index, receiver, about, version)
    )`);
    await runner.query('create index share_delivery_receiver_idx on share_delivery (receiver, place)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table share_delivery, share_cursor');
    await runner.query('drop sequence share_place');
  }
}
