import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a newborn's death was last found to have been reported by mistake (policy P16). */
export class DeathRetracted1764900000000 implements MigrationInterface {
  readonly name = 'DeathRetracted1764900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table newborn add column death_retracted_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table newborn drop column death_retracted_at');
  }
}
