import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The office that accepts where another one decides. */
export class AcceptingOffices1764500000004 implements MigrationInterface {
  readonly name = 'AcceptingOffices1764500000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table step add column accepting_office text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table step drop column accepting_office');
  }
}
