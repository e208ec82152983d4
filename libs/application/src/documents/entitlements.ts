import { addDays } from '@birth/standards';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSeeds } from '../load-county';

export type EntitlementDeadline = { kind: 'days_after_birth'; days: number } | { kind: 'until_age'; years: number };

/** What a family may claim besides the five services: information, nothing that we do for it (P18). */
export interface Entitlement {
  code: string;
  name: string;
  what: string;
  office: string;
  deadline: EntitlementDeadline;
  /** Law or notice, and when it was published. */
  source: string;
  publishedOn: string;
  validFrom: string;
  validTo: string | null;
  assumed: boolean;
}
export const ENTITLEMENTS = Symbol('ENTITLEMENTS');

/** Throws where a row lacks its source, its office or its days: nothing is promised to a family without one. */
export function loadEntitlements(seeds: string = findSeeds()): readonly Entitlement[] {
  const text = readFileSync(join(seeds, 'entitlements', 'yunyang.json'), 'utf8');
  const { entitlements } = JSON.parse(text) as { entitlements: Entitlement[] };
  for (const row of entitlements) checkEntitlement(row);
  return entitlements;
}

export function checkEntitlement(row: Entitlement): void {
  const { code, name, what, office, source, publishedOn, validFrom } = row;
  const empty = Object.entries({ name, what, office, source }).find(([, value]) => !value?.trim());
  if (empty !== undefined) throw new Error(`entitlement ${code}: ${empty[0]} is empty`);
  if (![publishedOn, validFrom].every((day) => /^\d{4}-\d{2}-\d{2}$/.test(day))) {
    throw new Error(`entitlement ${code}: publishedOn and validFrom are dates`);
  }
  const { deadline } = row;
  const length = deadline.kind === 'until_age' ? deadline.years : deadline.days;
  if (!(length > 0)) throw new Error(`entitlement ${code}: its deadline has no length`);
}

/** Rows in force on `today` that a child born on `bornOn` can still claim; dates are YYYY-MM-DD. */
export function entitlementsFor(
  all: readonly Entitlement[],
  today: string,
  bornOn: string | null,
): readonly (Entitlement & { until: string | null })[] {
  return all
    .filter(({ validFrom, validTo }) => validFrom <= today && (validTo === null || today <= validTo))
    .map((row) => ({ ...row, until: bornOn === null ? null : lastDay(row.deadline, bornOn) }))
    .filter(({ until }) => until === null || today <= until);
}

/** The last day on which it can be claimed. A child born on 29 February turns three on 1 March. */
export function lastDay(deadline: EntitlementDeadline, bornOn: string): string {
  if (deadline.kind === 'days_after_birth') return addDays(bornOn, deadline.days);
  const [year = 0, month = 1, day = 1] = bornOn.split('-').map(Number);
  const birthday = new Date(Date.UTC(year + deadline.years, month - 1, day));
  return addDays(birthday.toISOString().slice(0, 10), -1);
}
