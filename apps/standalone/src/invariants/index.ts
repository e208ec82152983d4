import type { ClientBase } from 'pg';
import { type CaseRows, readCaseRows } from './case-rows';
import { brokenDependencies } from './dependencies';
import { brokenHistories, brokenStatuses } from './history';

export { readCaseRows } from './case-rows';

/** What must hold whatever happened: breaches as readable lines, none when all is well. */
export const breachesIn = (rows: CaseRows): string[] => [
  ...brokenHistories(rows),
  ...brokenDependencies(rows),
  ...brokenStatuses(rows),
];

/** All rows as of one moment, so that a platform at work is not taken for a broken one. */
export async function brokenInvariants(database: ClientBase): Promise<string[]> {
  await database.query('begin isolation level repeatable read read only');
  try {
    return breachesIn(await readCaseRows(database));
  } finally {
    await database.query('rollback');
  }
}
