import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `create table exchange.share_delivery (
    delivery_id uuid constraint share_delivery_pk primary key,
    receiver text not null,
    content jsonb,
    written_at timestamptz not null,
    flag text,
    flag_at timestamptz,
    error_text text,
    error_fields jsonb,
    read_at timestamptz,
    constraint share_delivery_flag check (flag in ('1', '3')),
    constraint share_delivery_flag_at check (flag is null or flag_at is not null)
  )`,
  'create index share_delivery_open_idx on exchange.share_delivery (receiver, written_at) where flag is null',
  'create index share_delivery_late_idx on exchange.share_delivery (written_at) where flag is null',
  'create index share_delivery_unread_idx on exchange.share_delivery (flag, flag_at) where flag is not null and read_at is null',
];

/** The table in which receivers find what they are told and say that they have it (policy P19, docs/agencies/exchange-table.md). */
export class ShareTable1766400000201 implements MigrationInterface {
  readonly name = 'ShareTable1766400000201';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table exchange.share_delivery');
  }
}
