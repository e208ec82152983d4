import type { StepRecord } from '@birth/domain';
import { submissionKey } from '@birth/platform';

export interface ComparedStep extends Pick<
  StepRecord,
  'id' | 'code' | 'qualifier' | 'state' | 'agency' | 'channel' | 'generation' | 'source' | 'mode' | 'newbornIndex'
> {
  applicationId: string;
}

export interface LedgerEntry {
  agency: string;
  kind: string;
  key: string | null;
  naturalKey: string;
  newborn: { name: string };
  results: Readonly<Record<string, string>> | null;
}

/** What the driver knows of newborns, by `${applicationId}/${newbornIndex}`. */
export interface KnownNewborns {
  /** How the agency without a key knows them. */
  naturalKeys: ReadonlyMap<string, string>;
  /** Insured according to a register before the family filed: nothing is done there. */
  insuredBefore: ReadonlySet<string>;
  /** Names that were chosen after filing. */
  laterNames: ReadonlyMap<string, string>;
}

/** Steps against the agencies' own books: every effect has its completed step, every such step its one effect. */
export function compareWithLedger(
  steps: readonly ComparedStep[],
  entries: readonly LedgerEntry[],
  known: KnownNewborns,
): { lost: string[]; doubled: string[] } {
  const unclaimed = countEffects(entries);
  const lost: string[] = [];
  const doubled: string[] = [];
  for (const step of steps) {
    const effects = namesOf(step, known).reduce((sum, name) => sum + take(unclaimed, `${step.agency} ${name}`), 0);
    const name = `${step.code} ${step.id}`;
    if (effects > 1) doubled.push(name);
    if (effects > 0 && step.state !== 'completed') lost.push(`${name}: done at the agency, ${step.state} here`);
    if (effects === 0 && isTheirWork(step, known) && !isBookedByName(step, entries, known)) {
      lost.push(`${name}: completed here, unknown to the agency`);
    }
  }
  const strangers = [...unclaimed.keys()].map((effect) => `${effect.split(' ')[0]}: an effect of no known step`);
  return { lost: [...lost, ...strangers], doubled };
}

function countEffects(entries: readonly LedgerEntry[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const booked = bookedAs(entry);
    if (booked === null) continue;
    const name = `${entry.agency} ${booked}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** Effects that a family would notice, by the key or else by the child; `amended` is that of what follows later. */
export function bookedAs({ kind, key, naturalKey }: LedgerEntry): string | null {
  if (kind !== 'final' && kind !== 'amended') return null;
  return kind === 'final' && key !== null ? key : `${kind} ${naturalKey}`;
}

function take(counts: Map<string, number>, name: string): number {
  const count = counts.get(name) ?? 0;
  counts.delete(name);
  return count;
}

/** Under which names the agency may have booked a step: its keys so far, else the child as the agency knows it. */
export function namesOf({ id, code, generation, ...step }: ComparedStep, { naturalKeys }: KnownNewborns): string[] {
  const keys = Array.from({ length: generation }, (_, index) => submissionKey(id, index + 1));
  const natural = naturalKeys.get(nameOf(step));
  if (natural === undefined) return keys;
  if (code === 'vaccination') return [...keys, `final ${natural}`];
  return code === 'identity_backfill' ? [...keys, `amended ${natural}`] : keys;
}

function isTheirWork(step: ComparedStep, { insuredBefore }: KnownNewborns): boolean {
  if (step.state !== 'completed' || (step.source !== 'agency' && step.source !== 'worklist')) return false;
  const isOnlyAsked = step.code === 'medical_insurance' && step.mode === 'already_done';
  return !(isOnlyAsked && insuredBefore.has(nameOf(step)));
}

/**
 * A call that was cut off before it left comes again with the name in it, that was chosen meanwhile: the follow-up then
 * finds nothing to change.
 */
function isBookedByName(step: ComparedStep, entries: readonly LedgerEntry[], known: KnownNewborns): boolean {
  if (step.code !== 'identity_backfill') return false;
  const [natural, name] = [known.naturalKeys.get(nameOf(step)), known.laterNames.get(nameOf(step))];
  return entries.some(
    (entry) =>
      entry.kind === 'final' &&
      entry.agency === step.agency &&
      entry.naturalKey === natural &&
      entry.newborn.name === name,
  );
}

export const nameOf = ({ applicationId, newbornIndex }: Pick<ComparedStep, 'applicationId' | 'newbornIndex'>): string =>
  `${applicationId}/${newbornIndex}`;
