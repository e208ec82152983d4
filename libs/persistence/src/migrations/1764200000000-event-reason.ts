import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why a clerk acted, in the clerk's words: sealed, beside the event that it belongs to, which holds codes only. */
export class EventReason1764200000000 implements MigrationInterface {
  readonly name = 'EventReason1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table event_reason (
      application_id uuid not null,
      seq integer not null,
      sealed bytea not null,
      constraint event_reason_pk primary key (application_id, seq)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table event_reason');
  }
}
