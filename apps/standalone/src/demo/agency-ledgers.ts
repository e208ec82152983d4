import { AGENCIES } from '@birth/domain';
import type { LedgerEntry } from './ledger-comparison';
import type { PlatformClient } from './platform-client';

/**
 * The books of all agencies, one at a time: of ten thousand applications together they are too long for one answer.
 * A book that cannot be read is an error, never an empty one.
 */
export async function agencyLedgers(client: PlatformClient): Promise<LedgerEntry[]> {
  const all: LedgerEntry[] = [];
  for (const agency of AGENCIES) {
    const { status, body } = await client.control('GET', `/_sandbox/ledger?agency=${agency}`);
    if (status !== 200) throw new Error(`the ledger of ${agency} cannot be read: ${status} ${JSON.stringify(body)}`);
    for (const entry of body['entries'] as LedgerEntry[]) all.push(entry);
  }
  return all;
}
