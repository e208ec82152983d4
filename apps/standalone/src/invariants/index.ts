import type { ClientBase } from 'pg';
import { type AcknowledgedMessage, brokenPromises } from './answered-messages';
import { type CaseRows, readCaseRows } from './case-rows';
import { overwrittenDecisions, type TakenDecision } from './clerks-decisions';
import { brokenDependencies } from './dependencies';
import { brokenHistories, brokenStatuses } from './history';

export { type AcknowledgedMessage } from './answered-messages';
export { readCaseRows } from './case-rows';
export { type TakenDecision } from './clerks-decisions';

/** What the platform's clients were told, before the rows are read. */
export interface Told {
  acknowledged: readonly AcknowledgedMessage[];
  decisions: readonly TakenDecision[];
}

/** What must hold whatever happened: breaches as readable lines, none when all is well. */
export const breachesIn = (rows: CaseRows, told: Told): string[] => [
  ...brokenHistories(rows),
  ...brokenDependencies(rows),
  ...brokenStatuses(rows),
  ...brokenPromises(rows, told.acknowledged),
  ...overwrittenDecisions(rows, told.decisions),
];

/** All rows as of one moment, so that a platform at work is not taken for a broken one. */
export async function brokenInvariants(database: ClientBase, told: Told): Promise<string[]> {
  await database.query('begin isolation level repeatable read read only');
  try {
    return breachesIn(await readCaseRows(database), told);
  } finally {
    await database.query('rollback');
  }
}
