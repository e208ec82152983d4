import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which documents a family wishes to have, and how, in codes; who gets them where is sealed with the form. */
export class Deliveries1764800000000 implements MigrationInterface {
  readonly name = 'Deliveries1764800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table newborn add column deliveries jsonb not null default '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table newborn drop column deliveries');
  }
}
