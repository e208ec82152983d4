import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../embedded/postgres-binaries';

interface Contracts {
  agencies: Record<string, Record<'callsPerSecond' | 'keptForFamilies', { value: number }>>;
}

/** The sandbox's contracts, but so many calls a second for some. @returns the file */
export function limitedContracts(folder: string, rates: Readonly<Record<string, number>>): string {
  const seeds = join(projectFolder(), 'seeds', 'contracts', 'sandbox.json');
  const contracts = JSON.parse(readFileSync(seeds, 'utf8')) as Contracts;
  for (const [agency, rate] of Object.entries(rates)) {
    const contract = contracts.agencies[agency];
    if (contract === undefined) throw new Error(`no contract of ${agency}`);
    contract.callsPerSecond.value = rate;
    contract.keptForFamilies.value = 0;
  }
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'contracts.json');
  writeFileSync(file, JSON.stringify(contracts));
  return file;
}
