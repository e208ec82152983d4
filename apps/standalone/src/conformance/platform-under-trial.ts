import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Held, PlatformSide } from '../../../conformance/src/platform/platform-side';
import { BenchFamilies } from '../bench/bench-families';
import { PlatformClient } from '../demo/platform-client';
import { until } from '../embedded';
import type { Stack } from '../stack/stack';

const PATIENCE_MS = 60_000;
const OPEN = `select 1 from step where state not in
  ('completed', 'rejected', 'withdrawn', 'cancelled', 'not_applicable') limit 1`;
const HELD = `select
  (select count(*) from message_evidence) + (select count(*) from exchange) + (select count(*) from inbox) as evidence,
  (select string_agg(concat_ws('/', id, state, reason, version), ',' order by id) from step) as steps`;

interface Entry {
  kind: string;
  key: string;
  receipt: string;
  sequence: number;
}

/** A platform at rest: one family has been through everything, so that what moves now was moved by a message. */
export async function withPlatformUnderTrial<T>(stack: Stack, work: (side: PlatformSide) => Promise<T>): Promise<T> {
  const client = new PlatformClient(stack.apiUrl, stack.sandboxUrl);
  const database = new Client({ connectionString: stack.postgres.url });
  await database.connect();
  try {
    await fileOne(client);
    const isAtRest = async (): Promise<boolean> => (await database.query(OPEN)).rowCount === 0;
    await until(isAtRest, PATIENCE_MS, 'the end of the family’s case');
    return await work({
      url: stack.apiUrl,
      finished: await finishedCase(client),
      keyOf: (owner) => createPrivateKey(readFileSync(join(stack.options.folder, 'keys', `${owner}.key.pem`))),
      held: () => held(database),
    });
  } finally {
    await database.end();
    await client.close();
  }
}

async function fileOne(client: PlatformClient): Promise<void> {
  const [family] = await new BenchFamilies(client).make(1);
  const { form, token } = family!;
  const { status } = await client.send({ path: '/v1/applications', token, body: form });
  if (status !== 201) throw new Error(`the family could not file: ${status}`);
}

async function finishedCase(client: PlatformClient): Promise<PlatformSide['finished']> {
  const { body } = await client.control('GET', '/_sandbox/ledger?agency=health-commission');
  const [entry] = (body['entries'] as Entry[]).filter(({ kind }) => kind === 'final');
  if (entry === undefined) throw new Error('no certificate in the books');
  const { key, receipt, sequence } = entry;
  return { key, receipt, sequence };
}

async function held(database: Client): Promise<Held> {
  const { rows } = await database.query<{ evidence: string; steps: string }>(HELD);
  const [row] = rows;
  return { evidence: Number(row?.evidence), steps: row?.steps ?? '' };
}
