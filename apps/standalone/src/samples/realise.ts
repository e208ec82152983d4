import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../embedded/postgres-binaries';
import type { Sample, SampleBirth } from './sample';

const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;

/** A sample with its dates and numbers: derived from the clock of the platform that it is filed with. */
export interface RealSample extends Sample {
  bornOn: string;
  /** ISO 8601 with offset, one a birth. */
  bornAt: (string | null)[];
}

export function loadSamples(folder = join(projectFolder(), 'seeds', 'applications')): Sample[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Sample);
}

/** By the clock that they need, the machine's first as ''. */
export function byClock(samples: readonly Sample[]): [clock: string, samples: Sample[]][] {
  const groups = new Map<string, Sample[]>([['', []]]);
  for (const sample of samples) groups.set(sample.clock ?? '', [...(groups.get(sample.clock ?? '') ?? []), sample]);
  return [...groups].filter(([, group]) => group.length > 0);
}

export const dayBefore = (now: number, days: number): string =>
  new Date(now + SHANGHAI_MS - days * DAY_MS).toISOString().slice(0, 10);

export const bornAt = (birth: SampleBirth, now: number): string =>
  `${dayBefore(now, birth.daysAgo)}T${birth.time}:00+08:00`;

/** Fills what depends on the day; `values` are known only after other calls (records, materials). */
export function realise(sample: Sample, now: number, values: Readonly<Record<string, string>> = {}): RealSample {
  const births = sample.births.map((birth) => (birth === null ? null : bornAt(birth, now)));
  const bornOn = (births.find((moment) => moment !== null) ?? '').slice(0, 10);
  const known: Record<string, string> = {
    now: new Date(now).toISOString(),
    bornOn,
    birthYear: bornOn.slice(0, 4),
    ...Object.fromEntries(births.map((moment, index) => [`bornAt:${index}`, moment ?? ''])),
    ...values,
  };
  const form = fill(sample.form, known) as Sample['form'];
  return { ...sample, form, bornOn, bornAt: births };
}

function fill(value: unknown, known: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(value)) return value.map((item) => fill(item, known));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, known)]));
  }
  if (value === '{{birthYear}}') return Number(known['birthYear']);
  if (typeof value !== 'string') return value;
  return value.replace(/\{\{([^}]+)\}\}/g, (whole, name: string) => known[name] ?? whole);
}
