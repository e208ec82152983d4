import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TABLES_DOWN, TABLES_UP } from './schema-tables';
import { FUNCTIONS_DOWN, FUNCTIONS_UP } from './schema-functions';

export class Schema1764000000000 implements MigrationInterface {
  readonly name = 'Schema1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES_UP, ...FUNCTIONS_UP]) await runner.query(statement);
    await runner.query('select make_partitions(24)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of [...FUNCTIONS_DOWN, ...TABLES_DOWN]) await runner.query(statement);
  }
}
