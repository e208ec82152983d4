import { checkProvenance, type Figure, figureOn, type Provenance, type Sourced } from '../routing/sourced';
import { AGENCIES, type AgencyCode } from '../vocabulary';
import { isServiceHours, type Maintenance, type ServiceHours } from './service-hours';

/** What an agency has agreed to bear, and when (seeds/contracts). */
export interface AgencyContract {
  /** In any second, all processes together. */
  callsPerSecond: number;
  /** Of these kept for what a family waits for in front of its screen. */
  keptForFamilies: number;
  /** Calls under way at once, all processes together. */
  slots: number;
  /** Longest a call of ours lasts, with all its sub-calls. */
  callMs: number;
  hours: ServiceHours;
  maintenance: readonly Maintenance[];
}
export type AgencyContracts = Readonly<Record<AgencyCode, AgencyContract>>;

type Numbers = Record<'callsPerSecond' | 'keptForFamilies' | 'slots' | 'callMs', Figure<number>>;
type RawContract = Numbers & {
  hours: Figure<ServiceHours>;
  maintenance: readonly (Provenance & { from: string; until: string })[];
};
export interface RawContracts {
  agencies: Readonly<Record<string, RawContract>>;
}

/** The contracts in force on a day; throws on an unknown agency, a missing one, or a figure that cannot be. */
export function readContracts({ agencies }: RawContracts, day: string): AgencyContracts {
  const unknown = Object.keys(agencies).find((code) => !(AGENCIES as readonly string[]).includes(code));
  if (unknown !== undefined) throw new Error(`contract of ${unknown}: unknown agency`);
  return Object.fromEntries(AGENCIES.map((agency) => [agency, contractOf(agency, agencies[agency], day)])) as never;
}

function contractOf(agency: AgencyCode, raw: RawContract | undefined, day: string): AgencyContract {
  if (raw === undefined) throw new Error(`contract of ${agency} is missing`);
  const name = (figure: string) => `contract of ${agency}: ${figure}`;
  const read = <T>(figure: keyof Numbers | 'hours'): T => {
    const stated = raw[figure] as unknown as Figure<T>;
    const rows = (Array.isArray(stated) ? stated : [stated]) as readonly Partial<Sourced<T>>[];
    for (const row of rows) checkProvenance(name(figure), row);
    return figureOn(name(figure), stated, day);
  };
  const whole = (figure: keyof Numbers, least: number): number => {
    const value = read<number>(figure);
    if (!Number.isInteger(value) || value < least) throw new Error(`${name(figure)} is no whole number from ${least}`);
    return value;
  };
  const callsPerSecond = whole('callsPerSecond', 1);
  const keptForFamilies = whole('keptForFamilies', 0);
  if (keptForFamilies >= callsPerSecond) throw new Error(`${name('keptForFamilies')} leaves nothing for the steps`);
  const hours = read<ServiceHours>('hours');
  if (hours !== null && !isServiceHours(hours)) throw new Error(`${name('hours')} are none`);
  const maintenance = raw.maintenance.map((row) => maintenanceOf(name('maintenance'), row));
  return { callsPerSecond, keptForFamilies, slots: whole('slots', 1), callMs: whole('callMs', 1), hours, maintenance };
}

function maintenanceOf(name: string, row: RawContract['maintenance'][number]): Maintenance {
  checkProvenance(name, row);
  const [from, until] = [Date.parse(row.from), Date.parse(row.until)];
  if (!(from < until)) throw new Error(`${name} ends before it begins`);
  return { from, until };
}
