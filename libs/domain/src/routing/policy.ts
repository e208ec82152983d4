import { addDays, isDate } from '@birth/standards';
import type { EngineSettings } from '../engine/decision-context';
import { premiumRows, premiumsOn, type RawPremiums, readPremiums } from '../insurance/premiums';
import { type RawSettings, type RawSteps, readDefinition, settingsRows, type StepRow } from './definition';
import { readRoutingTable, type RoutingTable, tableRows } from './routing-table';
import { checkProvenance, isInForce, type Provenance } from './sourced';

/** What is in force on one day of filing. */
export interface Policy {
  settings: EngineSettings;
  routing: RoutingTable;
  steps: readonly StepRow[];
}

export interface RawPolicy {
  steps: RawSteps;
  settings: RawSettings;
  routing: RoutingTable;
  premiums: RawPremiums;
}

export interface PolicyPeriod {
  /** First day of filing. */
  from: string;
  policy: Policy;
}

/**
 * A county's policy, cut where any row begins or ends to be valid; every period is checked as if it were the only one.
 * Throws on a row without provenance, and on whatever makes a definition or a decision table refuse to load.
 */
export function readPolicy(raw: RawPolicy): PolicyPeriod[] {
  const rows = allRows(raw);
  for (const [name, row] of rows) checkProvenance(name, row);
  readPremiums(raw.premiums);
  return firstDays(raw.settings.validFrom, rows).map((from) => ({ from, policy: policyFrom(raw, from) }));
}

/** The rules of the day of filing hold for a case to its end. Throws for a day before the first rule. */
export function policyOn(periods: readonly PolicyPeriod[], day: string): Policy {
  const found = periods.filter(({ from }) => from <= day).at(-1);
  if (found === undefined) throw new Error(`no policy on ${day}`);
  return found.policy;
}

function allRows({ steps, settings, routing, premiums }: RawPolicy): [name: string, row: Provenance][] {
  return [
    ...steps.steps.map((row): [string, Provenance] => [`definition ${row.code}`, row]),
    ...settingsRows(settings),
    ...tableRows(routing),
    ...premiumRows(premiums),
  ];
}

function firstDays(first: string, rows: readonly [name: string, row: Provenance][]): string[] {
  if (!isDate(first)) throw new Error('settings: validFrom is not a date');
  const changes = rows.flatMap(([, { validFrom, validTo }]) => [validFrom, ...(validTo ? [addDays(validTo, 1)] : [])]);
  return [...new Set([first, ...changes.filter((day) => day > first)])].sort();
}

function policyFrom(raw: RawPolicy, day: string): Policy {
  const steps = raw.steps.steps.filter((row) => isInForce(row, day));
  return {
    settings: { ...readDefinition({ steps }, raw.settings, day), premiums: premiumsOn(raw.premiums, day) },
    routing: readRoutingTable(tableOn(raw.routing, day)),
    steps,
  };
}

function tableOn({ version, steps, bases }: RoutingTable, day: string): RoutingTable {
  const inForce = <R extends Provenance>(rows: readonly R[]): R[] => rows.filter((row) => isInForce(row, day));
  const tables = Object.entries(steps).map(([code, { routes, papers }]) => [
    code,
    { routes: inForce(routes), papers: inForce(papers) },
  ]);
  return { version, steps: Object.fromEntries(tables) as RoutingTable['steps'], bases: inForce(bases) };
}
