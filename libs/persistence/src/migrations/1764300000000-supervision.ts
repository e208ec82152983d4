import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Demands for forbidden papers are counted by year and office, and answered by the county coordinator. */
export class Supervision1764300000000 implements MigrationInterface {
  readonly name = 'Supervision1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    const kinds = `kind in ('supervision', 'demand_report')`;
    await runner.query(`create index human_task_demand_idx on human_task (opened_at) where ${kinds}`);
    await runner.query(
      `create index human_task_open_demand_idx on human_task (due_at) where ${kinds} and closed_at is null`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index human_task_open_demand_idx');
    await runner.query('drop index human_task_demand_idx');
  }
}
