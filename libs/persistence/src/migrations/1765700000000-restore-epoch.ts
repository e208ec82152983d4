import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When this database was brought back to an earlier time: what was filed before is asked about before it is sent. */
export class RestoreEpoch1765700000000 implements MigrationInterface {
  readonly name = 'RestoreEpoch1765700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table restore_epoch (raised_at timestamptz constraint restore_epoch_pk primary key)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table restore_epoch');
  }
}
