import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What met a limit set by law is told of cases that stand already by the rule that would have written it. */
const MET_BY = `case
    when statutory ->> 'metAt' is null then 'null'::jsonb
    when source in ('counter', 'external') then to_jsonb(source)
    when mode = 'already_done' then to_jsonb(mode)
    when statutory ->> 'rule' = 'household_one_month' then '"declared"'::jsonb
    else '"handed_over"'::jsonb end`;

export class StatutoryMetBy1764500000000 implements MigrationInterface {
  readonly name = 'StatutoryMetBy1764500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `update step set statutory = statutory || jsonb_build_object('metBy', ${MET_BY}) where statutory is not null`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`update step set statutory = statutory - 'metBy' where statutory is not null`);
  }
}
