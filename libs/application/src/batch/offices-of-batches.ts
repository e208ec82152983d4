import type { AgencyCode, Office } from '@birth/domain';
import { Problem } from '@birth/platform';
import { type ClerkScope, isInScope } from '../clerk/clerk-scope';
import type { County } from '../county';

/** Their files cross the boundary of another network by hand: who made one is proved by the file itself. */
export const BEHIND_BOUNDARY: ReadonlySet<AgencyCode> = new Set(['public-security']);

/** Of another's scope an office is as unknown as none. */
export function officeInScope({ offices }: Pick<County, 'offices'>, scope: ClerkScope, officeCode: string): Office {
  const office = offices.find(({ code }) => code === officeCode);
  if (office === undefined || !isInScope(scope, { agency: office.agency, officeCode })) {
    throw new Problem(404, 'not_found');
  }
  return office;
}
