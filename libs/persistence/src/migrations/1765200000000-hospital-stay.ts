import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether the hospital treats a newborn, as it last said (policy P11). */
export class HospitalStay1765200000000 implements MigrationInterface {
  readonly name = 'HospitalStay1765200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table newborn add column in_hospital boolean not null default false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table newborn drop column in_hospital');
  }
}
