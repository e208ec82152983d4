import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was said to us and belongs to no case: refused, unreadable, about nothing that we know. */
export class MessageEvidence1765300000001 implements MigrationInterface {
  readonly name = 'MessageEvidence1765300000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table message_evidence (
      id uuid constraint message_evidence_pk primary key,
      door text not null,
      sender text,
      key_id text,
      outcome text not null,
      size integer not null,
      digest bytea not null,
      body bytea,
      received_at timestamptz not null,
      xid xid8 not null default pg_current_xact_id()
    )`);
    await runner.query('create index message_evidence_xid_idx on message_evidence (xid, id)');
    await runner.query(`create trigger message_evidence_append_only before update or delete on message_evidence
      for each row execute function refuse_change()`);
    await runner.query(`create trigger message_evidence_no_truncate before truncate on message_evidence
      for each statement execute function refuse_change()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table message_evidence');
  }
}
