import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What keeps agencies alive: breaker and limit of each, announced maintenance, calls seen, processes that share the rate. */
export class AgencyTraffic1765800000000 implements MigrationInterface {
  readonly name = 'AgencyTraffic1765800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table agency_state
      add column breaker text not null default 'closed',
      add column breaker_since timestamptz not null default 'epoch',
      add column breaker_until timestamptz not null default 'epoch',
      add column breaker_opens integer not null default 0,
      add column call_limit double precision,
      add column limit_threshold double precision,
      add column lowered_at timestamptz not null default 'epoch',
      add column aside_at timestamptz not null default 'epoch',
      add column version bigint not null default 0`);
    await runner.query(`create table agency_maintenance (
      id uuid constraint agency_maintenance_pk primary key,
      queue text not null,
      starts_at timestamptz not null,
      ends_at timestamptz not null,
      announced_by text not null,
      announced_at timestamptz not null,
      revoked_at timestamptz
    )`);
    await runner.query('create index agency_maintenance_end_idx on agency_maintenance (ends_at)');
    await runner.query(`create table agency_calls (
      queue text not null,
      at timestamptz not null,
      calls integer not null,
      failures integer not null,
      connect_errors integer not null,
      failed_retries integer not null,
      latencies integer[] not null,
      constraint agency_calls_pk primary key (queue, at)
    ) with (fillfactor = 70)`);
    await runner.query('create index agency_calls_at_idx on agency_calls (at)');
    await runner.query(`create table calling_process (
      holder uuid constraint calling_process_pk primary key,
      since timestamptz not null,
      active_from timestamptz not null,
      seen_until timestamptz not null
    ) with (fillfactor = 50)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['calling_process', 'agency_calls', 'agency_maintenance']) {
      await runner.query(`drop table ${table}`);
    }
    await runner.query(`alter table agency_state drop column breaker, drop column breaker_since,
      drop column breaker_until, drop column breaker_opens, drop column call_limit, drop column limit_threshold,
      drop column lowered_at, drop column aside_at, drop column version`);
  }
}
