import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When another place was asked, until when it answers, and what it said. */
export class CoordinatedChecks1764500000003 implements MigrationInterface {
  readonly name = 'CoordinatedChecks1764500000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table step add column coordinated_check jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table step drop column coordinated_check');
  }
}
