import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The promise of a whole case. One that is open begins with the next thing that happens to it. */
export class OverallPromise1764500000001 implements MigrationInterface {
  readonly name = 'OverallPromise1764500000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table application add column overall_promise jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table application drop column overall_promise');
  }
}
