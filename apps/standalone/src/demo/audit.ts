import { owedWork, type StepRecord } from '@birth/domain';
import { Client, type ClientBase } from 'pg';
import { agencyLedgers } from './agency-ledgers';
import { type ComparedStep, compareWithLedger, type KnownNewborns } from './ledger-comparison';
import type { PlatformClient } from './platform-client';

/** The only list of what must never happen, counted from the rows and from the agencies' own ledgers. */
export interface Audit {
  lost: string[];
  doubled: string[];
  ownerless: string[];
  stepsByState: Record<string, number>;
  waitingForPeople: number;
}

export interface StepRow
  extends ComparedStep, Pick<StepRecord, 'sentGeneration' | 'owner' | 'reason' | 'withdrawalRequestedAt'> {
  work: string[];
  nextAt: number | null;
}

const STEPS = `select s.id, s.application_id as "applicationId", s.newborn_index as "newbornIndex", s.code, s.qualifier,
  s.agency, s.channel, s.state, s.reason, s.owner, s.source, s.mode, s.generation, s.sent_generation as "sentGeneration",
  ms(s.withdrawal_requested_at)::float8 as "withdrawalRequestedAt",
  array(select w.kind from work w where w.step_id = s.id order by 1) as work,
  (select ms(min(w.due_at))::float8 from work w where w.step_id = s.id) as "nextAt" from step s`;

export async function audit(databaseUrl: string, client: PlatformClient, known: KnownNewborns): Promise<Audit> {
  const database = new Client({ connectionString: databaseUrl });
  database.on('error', () => undefined);
  await database.connect();
  try {
    const rows = await readSteps(database);
    return {
      ...compareWithLedger(rows, await agencyLedgers(client), known),
      ownerless: ownerless(rows),
      ...totals(rows),
    };
  } finally {
    await database.end();
  }
}

export const readSteps = async (database: ClientBase): Promise<StepRow[]> =>
  (await database.query<StepRow>(STEPS)).rows;

/** Open steps without state, reason, owner or next time, or with other work rows than owedWork() says. */
export function ownerless(steps: readonly StepRow[]): string[] {
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
