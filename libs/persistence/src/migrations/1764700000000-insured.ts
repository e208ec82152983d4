import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was asked of an insurance, and what came of it: registered, paid, covered. */
export class Insured1764700000000 implements MigrationInterface {
  readonly name = 'Insured1764700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table step add column insured jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table step drop column insured');
  }
}
