import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What families say of their cases (policy P20); what they write with it is a sealed section. */
export class Ratings1766400000300 implements MigrationInterface {
  readonly name = 'Ratings1766400000300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table application add column rating jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table application drop column rating');
  }
}
