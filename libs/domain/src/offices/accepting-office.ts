import { isInYunyang } from '@birth/standards';
import type { ApplicationForm } from '../form';
import type { Office } from './office';

type Accepting = Pick<Office, 'code' | 'agency' | 'kind'>;

/**
 * Police lane of 2024-01-19: the station of the residence accepts, the one of the household decides. The code of an
 * office of the county, else of the region (GB/T 2260) whose station it is; null where it is the same as decides.
 */
export function acceptingOffice(
  { mother, father }: Pick<ApplicationForm, 'mother' | 'father'>,
  decides: Accepting,
  offices: readonly Office[],
): string | null {
  const resident = [mother, father].find((parent) => Boolean(parent?.residencePermitNumber));
  const region = resident?.residence.region;
  if (region === undefined) return null;
  if (!isInYunyang(region)) return region.slice(0, 6);
  const own = offices.find(
    ({ agency, kind, town }) => agency === decides.agency && kind === decides.kind && town === region,
  );
  return own === undefined || own.code === decides.code ? null : own.code;
}
