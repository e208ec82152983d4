import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a newborn's death became known: nothing is written to the family by itself from then on. */
export class NewbornDeath1764400000000 implements MigrationInterface {
  readonly name = 'NewbornDeath1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table newborn add column death_reported_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table newborn drop column death_reported_at');
  }
}
