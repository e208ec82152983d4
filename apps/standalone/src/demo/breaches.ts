import { Client } from 'pg';
import { type AcknowledgedMessage, brokenInvariants, type TakenDecision } from '../invariants';
import type { Stack } from '../stack/stack';
import { agencyLedgers } from './agency-ledgers';
import { readSteps } from './audit';
import type { KnownNewborns } from './ledger-comparison';
import { openUpdates, otherChildren } from './one-child';
import type { PlatformClient } from './platform-client';
import { differingResults, storedResults } from './stored-results';

/** The invariants over all that is stored, against what agencies booked and what clients were told. */
export async function breaches(
  stack: Stack,
  client: PlatformClient,
  known: KnownNewborns,
  decisions: readonly TakenDecision[],
): Promise<string[]> {
  const { body: told } = await client.control('GET', '/_sandbox/acknowledged');
  const acknowledged = told['messages'] as AcknowledgedMessage[];
  const database = new Client({ connectionString: stack.postgres.url });
  database.on('error', () => undefined);
  await database.connect();
  try {
    const broken = await brokenInvariants(database, { acknowledged, decisions });
    const [steps, stored] = [await readSteps(database), await storedResults(database, stack.keys)];
    const entries = await agencyLedgers(client);
    return [
      ...broken,
      ...differingResults(steps, entries, known, stored),
      ...otherChildren(steps, entries, known, await openUpdates(database)),
    ];
  } finally {
    await database.end();
  }
}
