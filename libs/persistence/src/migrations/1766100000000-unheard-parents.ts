import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Parents who are asked and reminded of nothing any more, and why (policy P16). */
export class UnheardParents1766100000000 implements MigrationInterface {
  readonly name = 'UnheardParents1766100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table application add column unheard jsonb not null default '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table application drop column unheard');
  }
}
