import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a hospital first told of a birth, and how many days late (null: told before this was kept). */
export class LateBirthRecords1765100000000 implements MigrationInterface {
  readonly name = 'LateBirthRecords1765100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table birth_record add column first_received_at timestamptz, add column late_days integer',
    );
    await runner.query('update birth_record set first_received_at = received_at');
    await runner.query('alter table birth_record alter column first_received_at set not null');
    await runner.query(
      'create index birth_record_office_idx on birth_record (first_received_at, hospital_office_code)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table birth_record drop column late_days, drop column first_received_at');
  }
}
