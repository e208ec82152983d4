import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A rating is a record of the whole case, of no step (policy P20). */
export class PortalRatings1766400000301 implements MigrationInterface {
  readonly name = 'PortalRatings1766400000301';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table portal_record alter column step_id drop not null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('delete from portal_record where step_id is null');
    await runner.query('alter table portal_record alter column step_id set not null');
  }
}
