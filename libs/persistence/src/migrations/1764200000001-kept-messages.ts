import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A signed message about an unknown step is found again when its reference appears. */
export class KeptMessages1764200000001 implements MigrationInterface {
  readonly name = 'KeptMessages1764200000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table inbox add column reference_kind text, add column reference_token bytea');
    await runner.query(`create index inbox_unmatched_idx on inbox (received_at) where disposition = 'unmatched'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index inbox_unmatched_idx');
    await runner.query('alter table inbox drop column reference_token, drop column reference_kind');
  }
}
