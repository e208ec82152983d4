import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Applications that were filed at the city's portal, by the portal's own number. */
export class PortalCases1766300000000 implements MigrationInterface {
  readonly name = 'PortalCases1766300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table portal_case (
      application_id uuid constraint portal_case_pk primary key,
      case_number text not null constraint portal_case_number_key unique,
      sealed bytea not null,
      filed_at timestamptz not null
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table portal_case');
  }
}
