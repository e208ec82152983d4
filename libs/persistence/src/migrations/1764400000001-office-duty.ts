import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which office a clerk named in place of the rule's, and who owes an answer for the office until when. */
export class OfficeDuty1764400000001 implements MigrationInterface {
  readonly name = 'OfficeDuty1764400000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table step add column assigned_from text, add column duty jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table step drop column duty, drop column assigned_from');
  }
}
