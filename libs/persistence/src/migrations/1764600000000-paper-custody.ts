import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Papers and their way: what they are and where they stand now with the newborn, what happened to them appended. */
export class PaperCustody1764600000000 implements MigrationInterface {
  readonly name = 'PaperCustody1764600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table newborn add column papers jsonb not null default '[]'`);
    await runner.query(`create table paper_item (
      id uuid constraint paper_item_pk primary key,
      application_id uuid not null,
      newborn_index smallint not null,
      kind text not null,
      opened_at timestamptz not null,
      constraint paper_item_newborn_fk foreign key (application_id, newborn_index)
        references newborn (application_id, index)
    )`);
    await runner.query('create index paper_item_application_idx on paper_item (application_id)');
    await runner.query(`create table custody_event (
      paper_id uuid not null constraint custody_event_paper_fk references paper_item (id),
      seq integer not null,
      event text not null,
      said_by text not null,
      from_holder text not null,
      to_holder text not null,
      edition integer not null,
      at timestamptz not null,
      waybill bytea,
      constraint custody_event_pk primary key (paper_id, seq)
    )`);
    await runner.query(`create trigger custody_event_append_only before update or delete on custody_event
      for each row execute function refuse_change()`);
    await runner.query(`create trigger custody_event_no_truncate before truncate on custody_event
      for each statement execute function refuse_change()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table custody_event');
    await runner.query('drop table paper_item');
    await runner.query('alter table newborn drop column papers');
  }
}
