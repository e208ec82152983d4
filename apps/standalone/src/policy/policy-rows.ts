import { findSeeds } from '@birth/application';
import {
  matches,
  type Policy,
  policyOn,
  type RawPolicy,
  readPolicy,
  routingFacts,
  type RoutingFacts,
  type RoutingRow,
  SERVICE_CODES,
  type ServiceCode,
} from '@birth/domain';
import { toShanghaiDate } from '@birth/standards';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planned } from '../samples/planned-sample';
import type { Sample } from '../samples/sample';

export function rawPolicy(): RawPolicy {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(findSeeds(), 'policy', file), 'utf8'));
  const [steps, settings] = [read('steps.json'), read('settings.json')];
  return { steps, settings, routing: read('routing.json'), premiums: read('premiums.json') } as RawPolicy;
}

/** One newborn of a family, as the decision table sees it. */
export interface SampleFacts {
  family: string;
  services: readonly ServiceCode[];
  facts: RoutingFacts;
  policy: Policy;
}

/** What the decision table looks at in every family that is filed. */
export function factsOfSamples(raw: RawPolicy, samples: readonly Sample[]): SampleFacts[] {
  const periods = readPolicy(raw);
  return samples
    .filter((sample) => sample.expect !== null)
    .flatMap((sample) => {
      const { real, births, now } = planned(sample);
      const today = toShanghaiDate(now);
      const policy = policyOn(periods, today);
      return real.form.newborns.map((newborn, index) => {
        const birth = births[index];
        if (birth === undefined) throw new Error(`${sample.name}: newborn ${index} has no birth`);
        const facts = routingFacts(real.form, newborn, birth, { ...policy.settings, today });
        return { family: sample.name, services: newborn.services, facts, policy };
      });
    });
}

/** Families that walk through each row, in the order of their files; a row that nobody walks through is not in it. */
export function familiesByRow(samples: readonly SampleFacts[]): ReadonlyMap<RoutingRow, string[]> {
  const found = new Map<RoutingRow, string[]>();
  for (const sample of samples) {
    for (const row of rowsOf(sample)) {
      const families = found.get(row) ?? [];
      if (!families.includes(sample.family)) found.set(row, [...families, sample.family]);
    }
  }
  return found;
}

function rowsOf({ services, facts, policy: { routing } }: SampleFacts): RoutingRow[] {
  const asked = SERVICE_CODES.filter((code) => services.includes(code));
  const ofSteps = asked.flatMap((code): RoutingRow[] => {
    const { routes, papers } = routing.steps[code];
    const route = routes.find((row) => matches(row.when, facts));
    if (route === undefined) return [];
    const brings = 'mode' in route && route.mode !== 'external';
    return [route, ...(brings ? papers.filter((row) => matches(row.when, facts)) : [])];
  });
  const basis = routing.bases.find((row) => matches(row.when, facts));
  return [...ofSteps, ...(basis !== undefined && services.includes('medical_insurance') ? [basis] : [])];
}
