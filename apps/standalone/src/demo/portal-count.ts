import { setTimeout as delay } from 'node:timers/promises';
import type { FamilyRun } from './family-run';
import type { PlatformClient } from './platform-client';

const LOOK_MS = 250;
const TABLES: Readonly<Record<string, string>> = {
  accept: 'up_pro_accept',
  process: 'up_pro_process',
  special_procedure: 'up_pro_special_procedure',
  result: 'up_pro_result',
  rating: 'up_pro_evaluate',
};

export interface PortalCount {
  /** Cases that families filed at the city's portal. */
  byPortal: number;
  /** What the portal has acknowledged of them, and what it has not. */
  portalRecords: number;
  portalOwed: number;
}

interface KnownCase {
  portalCaseNumber: string;
  missing: number;
  owed: number;
  sent: number;
  refused: number;
  acknowledged: number;
}
interface TheirRecord {
  table: string;
  data: { source_no: string; project_no: string };
}

/** Whether the city's portal has been told of every case that was filed there; waits for what is under way. */
export async function portalCount(
  client: PlatformClient,
  runs: readonly FamilyRun[],
  deadlineMs: number,
): Promise<{ count: PortalCount; differences: string[] }> {
  const filed = runs.filter(({ sample, filedStatus }) => sample.portal !== undefined && filedStatus === 201);
  if (filed.length === 0) return { count: { byPortal: 0, portalRecords: 0, portalOwed: 0 }, differences: [] };
  const numbers = new Set(filed.map((run) => run.portalNumber));
  const known = await settled(client, numbers, Date.now() + deadlineMs);
  const theirs = await recordsOfPortal(client, numbers);
  const count = {
    byPortal: filed.length,
    portalRecords: known.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
    portalOwed: known.reduce((sum, one) => sum + owedOf(one), 0),
  };
  return { count, differences: filed.flatMap((run) => differencesOf(run, known, theirs)) };
}

const owedOf = ({ missing, owed, sent, refused }: KnownCase): number => missing + owed + sent + refused;

async function settled(client: PlatformClient, numbers: ReadonlySet<string>, deadline: number): Promise<KnownCase[]> {
  const token = await client.clerkToken('clerk');
  const { body } = await client.get('/clerk/v1/portal-cases?limit=100', token);
  const known = ((body['items'] ?? []) as KnownCase[]).filter(({ portalCaseNumber }) => numbers.has(portalCaseNumber));
  const isSettled = known.length === numbers.size && known.every((one) => owedOf(one) === 0);
  if (isSettled || Date.now() > deadline) return known;
  await delay(LOOK_MS);
  return settled(client, numbers, deadline);
}

async function recordsOfPortal(client: PlatformClient, numbers: ReadonlySet<string>): Promise<TheirRecord[]> {
  const { body } = await client.control('GET', '/_sandbox/government-portal/records');
  return (body['records'] as TheirRecord[]).filter(({ data }) => numbers.has(data.source_no));
}

function differencesOf(run: FamilyRun, known: readonly KnownCase[], theirs: readonly TheirRecord[]): string[] {
  const { name, portal } = run.sample;
  const ours = known.find(({ portalCaseNumber }) => portalCaseNumber === run.portalNumber);
  if (ours === undefined) return [`${name}: no case of the portal`];
  const own = theirs.filter(({ data }) => data.source_no === run.portalNumber);
  const owed = owedOf(ours) === 0 ? [] : [`${name}: ${owedOf(ours)} records are not acknowledged`];
  const lost =
    own.length === ours.acknowledged ? [] : [`${name}: the portal has ${own.length} of ${ours.acknowledged}`];
  const told = Object.entries(portal?.records ?? {}).flatMap(([kind, wanted]) => {
    const given = own.filter(({ table }) => table === TABLES[kind]).length;
    return given === wanted ? [] : [`${name}: ${given} records of ${kind}, not ${wanted}`];
  });
  return [...owed, ...lost, ...told];
}
