import {
  AGENCIES,
  AgencyCodes,
  type EngineSettings,
  type Office,
  policyOn,
  type RawAgencyCodes,
  type RawPremiums,
  type RawSettings,
  type RawSteps,
  readOffices,
  readPolicy,
  type RoutingTable,
  type Town,
} from '@birth/domain';
import { type CalendarYear, toShanghaiDate, workingCalendar } from '@birth/standards';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { County } from './county';

/** The seeds folder of the project that this file belongs to, compiled or not. */
export function findSeeds(from: string = __dirname): string {
  const here = join(from, 'seeds');
  if (existsSync(join(here, 'policy', 'routing.json'))) return here;
  const parent = dirname(from);
  if (parent === from) throw new Error('no seeds folder above the program');
  return findSeeds(parent);
}

/** Reads and checks a county's seeds; refuses to start on any unknown code, gap, cycle or forbidden material. `times`: of this process. */
export function loadCounty(seeds: string = findSeeds(), times: Partial<Pick<EngineSettings, 'pollMs'>> = {}): County {
  const texts = new Map<string, string>();
  const read = <T>(...path: string[]): T => {
    const text = readFileSync(join(seeds, ...path), 'utf8');
    texts.set(path.join('/'), text);
    return JSON.parse(text) as T;
  };
  const years = readdirSync(join(seeds, 'calendar'))
    .sort()
    .map((file) => read<CalendarYear>('calendar', file));
  const settings = read<RawSettings>('policy', 'settings.json');
  const routing = read<RoutingTable>('policy', 'routing.json');
  const premiums = read<RawPremiums>('policy', 'premiums.json');
  const raw = { steps: read<RawSteps>('policy', 'steps.json'), settings, routing, premiums };
  const periods = readPolicy(raw).map(({ from, policy }) => ({
    from,
    policy: { ...policy, settings: { ...policy.settings, ...times } },
  }));
  const { towns } = read<{ towns: Town[] }>('regions', 'yunyang-towns.json');
  return {
    calendar: workingCalendar(years),
    offices: readOffices(read<{ offices: Office[] }>('offices', 'yunyang.json'), towns),
    agencyCodes: new AgencyCodes(AGENCIES.map((agency) => read<RawAgencyCodes>('agencies', agency, 'errors.json'))),
    definitionVersion: `${settings.version}+${checksum(texts)}`,
    policyAt: (moment) => policyOn(periods, toShanghaiDate(moment)),
  };
}

/** Running cases keep the definition that they were filed under: its version names its content. */
function checksum(texts: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const name of ['policy/routing.json', 'policy/steps.json', 'policy/settings.json', 'policy/premiums.json']) {
    hash.update(texts.get(name) ?? '');
  }
  return hash.digest('hex').slice(0, 12);
}
