import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The numbers of the files that go to offices and come from them; nothing of what is in them. */
export class BatchFiles1765600000001 implements MigrationInterface {
  readonly name = 'BatchFiles1765600000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table batch_file (
      office_code text not null,
      direction text not null,
      number int not null,
      digest bytea not null,
      made_by text not null,
      made_at timestamptz not null,
      outcome jsonb not null,
      constraint batch_file_pk primary key (office_code, direction, number),
      constraint batch_file_direction check (direction in ('export', 'import'))
    )`);
    await runner.query(`create trigger batch_file_append_only before update or delete on batch_file
      for each row execute function refuse_change()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table batch_file');
  }
}
