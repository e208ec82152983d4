import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each exchange names its bytes by digest and is linked to the one before it; older ones stay without. */
export class ExchangeChain1765300000000 implements MigrationInterface {
  readonly name = 'ExchangeChain1765300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table application add column exchange_seq integer not null default 0,
      add column exchange_head bytea not null default decode(repeat('00', 32), 'hex')`);
    await runner.query(`alter table exchange add column seq integer, add column request_digest bytea,
      add column reply_digest bytea, add column previous_hash bytea, add column hash bytea, add column xid xid8`);
    await runner.query('alter table exchange alter column xid set default pg_current_xact_id()');
    await runner.query('create index exchange_xid_idx on exchange (xid)');
    await runner.query(`create trigger exchange_append_only before update or delete on exchange
      for each row execute function refuse_change()`);
    await runner.query(`create trigger exchange_no_truncate before truncate on exchange
      for each statement execute function refuse_change()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop trigger exchange_no_truncate on exchange');
    await runner.query('drop trigger exchange_append_only on exchange');
    await runner.query('drop index exchange_xid_idx');
    await runner.query(`alter table exchange drop column xid, drop column hash, drop column previous_hash,
      drop column reply_digest, drop column request_digest, drop column seq`);
    await runner.query('alter table application drop column exchange_head, drop column exchange_seq');
  }
}
