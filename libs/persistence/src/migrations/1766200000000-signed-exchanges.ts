import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which keys signed a request and its reply. */
export class SignedExchanges1766200000000 implements MigrationInterface {
  readonly name = 'SignedExchanges1766200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table exchange add column key_id text, add column reply_key_id text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table exchange drop column key_id, drop column reply_key_id');
  }
}
