import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who took the evidence of a case out of the service, and whether what was said was opened. */
export class EvidenceExports1766400000000 implements MigrationInterface {
  readonly name = 'EvidenceExports1766400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table evidence_export (
      id uuid constraint evidence_export_pk primary key,
      application_id uuid not null constraint evidence_export_application_fk references application (id),
      taken_as text not null,
      taken_by text not null,
      with_bodies boolean not null,
      digest bytea not null,
      taken_at timestamptz not null
    )`);
    await runner.query('create index evidence_export_application_idx on evidence_export (application_id)');
    await runner.query(`create trigger evidence_export_append_only before update or delete on evidence_export
      for each row execute function refuse_change()`);
    await runner.query(`create trigger evidence_export_no_truncate before truncate on evidence_export
      for each statement execute function refuse_change()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table evidence_export');
  }
}
