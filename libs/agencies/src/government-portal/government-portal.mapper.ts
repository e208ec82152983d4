import type { PortalFiling } from '@birth/application';
import type { readPortalFiling } from './government-portal.schema';

/** A filing of the portal in the platform's words. */
export const toFiling = ({ person, ...filing }: ReturnType<typeof readPortalFiling>): PortalFiling => {
  const { identityType: type, identityNumber: number, ...known } = person;
  return { ...filing, person: { ...known, identity: { type, number } } };
};
