import { owedWork, type StepRecord } from '@birth/domain';
import { submissionKey } from '@birth/platform';
import { Client } from 'pg';
import type { PlatformClient } from './platform-client';

/** The only list of what must never happen, counted from the rows and from the agencies' own ledgers. */
export interface Audit {
  lost: string[];
  doubled: string[];
  ownerless: string[];
  stepsByState: Record<string, number>;
  waitingForPeople: number;
}

interface StepRow extends Pick<
  StepRecord,
  'id' | 'state' | 'agency' | 'channel' | 'sentGeneration' | 'generation' | 'source' | 'mode' | 'owner' | 'reason'
> {
  newbornIndex: number;
  applicationId: string;
  code: StepRecord['code'];
  withdrawalRequestedAt: number | null;
  work: string[];
  nextAt: number | null;
}

interface LedgerEntry {
  agency: string;
  kind: string;
  key: string | null;
  naturalKey: string;
}

const STEPS = `select s.id, s.application_id as "applicationId", s.newborn_index as "newbornIndex", s.code, s.agency, s.channel,
  s.state, s.reason, s.owner, s.source, s.mode, s.generation, s.sent_generation as "sentGeneration",
  ms(s.withdrawal_requested_at)::float8 as "withdrawalRequestedAt",
  array(select w.kind from work w where w.step_id = s.id order by 1) as work,
  (select ms(min(w.due_at))::float8 from work w where w.step_id = s.id) as "nextAt" from step s`;

/** `naturalKeys`: how the agency without a key knows a newborn, by `${applicationId}/${newbornIndex}`. */
export async function audit(
  databaseUrl: string,
  client: PlatformClient,
  naturalKeys: ReadonlyMap<string, string>,
): Promise<Audit> {
  const database = new Client({ connectionString: databaseUrl });
  database.on('error', () => undefined);
  await database.connect();
  try {
    const { rows } = await database.query<StepRow>(STEPS);
    const { body } = await client.control('GET', '/_sandbox/ledger');
    const entries = (body['entries'] ?? []) as LedgerEntry[];
    return { ...compare(rows, entries, naturalKeys), ownerless: ownerless(rows), ...totals(rows) };
  } finally {
    await database.end();
  }
}

function compare(
  steps: readonly StepRow[],
  entries: readonly LedgerEntry[],
  naturalKeys: ReadonlyMap<string, string>,
): Pick<Audit, 'lost' | 'doubled'> {
  const finals = entries.filter(({ kind }) => kind === 'final');
  const byKey = count(finals.flatMap(({ key }) => (key === null ? [] : [key])));
  const byNaturalKey = {
    vaccination: count(finals.filter(({ key }) => key === null).map(({ naturalKey }) => naturalKey)),
    identity_backfill: count(entries.filter(({ kind }) => kind === 'amended').map(({ naturalKey }) => naturalKey)),
  };
  const lost: string[] = [];
  const doubled: string[] = [];
  for (const step of steps) {
    const effects = effectsOf(step, byKey, byNaturalKey, naturalKeys);
    const name = `${step.code} ${step.id}`;
    if (effects > 1) doubled.push(name);
    if (effects > 0 && step.state !== 'completed') lost.push(`${name}: done at the agency, ${step.state} here`);
    // a register that was only asked has done nothing
    const isTheirs = (step.source === 'agency' || step.source === 'worklist') && step.mode !== 'already_done';
    if (effects === 0 && step.state === 'completed' && isTheirs) {
      lost.push(`${name}: completed here, unknown to the agency`);
    }
  }
  return { lost, doubled };
}

function effectsOf(
  step: StepRow,
  byKey: ReadonlyMap<string, number>,
  byNaturalKey: Readonly<Partial<Record<StepRow['code'], ReadonlyMap<string, number>>>>,
  naturalKeys: ReadonlyMap<string, string>,
): number {
  const generations = Array.from({ length: step.generation }, (_, index) => submissionKey(step.id, index + 1));
  const keyed = generations.reduce((sum, key) => sum + (byKey.get(key) ?? 0), 0);
  if (step.agency !== 'disease-control' || step.channel !== 'api') return keyed;
  return (
    keyed + (byNaturalKey[step.code]?.get(naturalKeys.get(`${step.applicationId}/${step.newbornIndex}`) ?? '') ?? 0)
  );
}

/** Open steps without state, reason, owner or next time, or with other work rows than owedWork() says. */
function ownerless(steps: readonly StepRow[]): string[] {
  return steps.flatMap((step) => {
    const owed = [...owedWork(step)].sort().join();
    const has = [...step.work].sort().join();
    if (owed !== has) return [`${step.code} ${step.id}: work is [${has}], owed is [${owed}]`];
    const isOpen = owed !== '';
    const isComplete = Boolean(step.state && step.reason && step.owner && step.nextAt);
    return isOpen && !isComplete ? [`${step.code} ${step.id}: no reason, owner or next time`] : [];
  });
}

function totals(steps: readonly StepRow[]): Pick<Audit, 'stepsByState' | 'waitingForPeople'> {
  const open = steps.filter((step) => owedWork(step).length > 0);
  const people = open.filter(({ owner }) => owner === 'applicant' || owner === 'clerk' || owner === 'hospital');
  return {
    stepsByState: Object.fromEntries([...count(steps.map(({ state }) => state))].sort()),
    waitingForPeople: people.length,
  };
}

function count(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
