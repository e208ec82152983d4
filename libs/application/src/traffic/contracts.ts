import { type AgencyContracts, type RawContracts, readContracts } from '@birth/domain';
import { toShanghaiDate } from '@birth/standards';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSeeds } from '../load-county';

export const AGENCY_CONTRACTS = Symbol('AGENCY_CONTRACTS');

/** Of the county, unless another file is named. */
export function loadContracts(now: number, file?: string): AgencyContracts {
  const text = readFileSync(file ?? join(findSeeds(), 'contracts', 'yunyang.json'), 'utf8');
  return readContracts(JSON.parse(text) as RawContracts, toShanghaiDate(now));
}
