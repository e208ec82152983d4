import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Nonces of signed requests that only read. */
export class RequestNonces1766400000001 implements MigrationInterface {
  readonly name = 'RequestNonces1766400000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table request_nonce (
      owner text not null,
      nonce text not null,
      used_at timestamptz not null,
      constraint request_nonce_pk primary key (owner, nonce)
    )`);
    await runner.query('create index request_nonce_used_at_idx on request_nonce (used_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table request_nonce');
  }
}
