import {
  type FertilityOffice,
  type FertilitySettings,
  type RawFertilitySettings,
  readFertilityOffices,
  readFertilitySettings,
} from '@birth/domain';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSeeds } from '../load-county';

/** The county's towns and limits for fertility registration; apart from the five services' county on purpose (P9). */
export interface FertilityCounty {
  offices: readonly FertilityOffice[];
  settings: FertilitySettings;
}
export const FERTILITY_COUNTY = Symbol('FERTILITY_COUNTY');

/** Reads seeds/fertility; refuses to start on a wrong office or a setting without a source. */
export function loadFertilityCounty(seeds: string = findSeeds()): FertilityCounty {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(seeds, 'fertility', file), 'utf8'));
  return {
    offices: readFertilityOffices((read('offices.json') as { offices: FertilityOffice[] }).offices),
    settings: readFertilitySettings(read('settings.json') as RawFertilitySettings),
  };
}
