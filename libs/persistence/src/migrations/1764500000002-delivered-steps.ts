import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When an agency got what it has not yet said to accept. */
export class DeliveredSteps1764500000002 implements MigrationInterface {
  readonly name = 'DeliveredSteps1764500000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table step add column delivered_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table step drop column delivered_at');
  }
}
