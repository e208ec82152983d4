import type { BirthPlaceInOrder } from '@birth/domain';
import type { IdentityPaper } from '../ports/case-store';

/** By which a second filing for the same newborn is found, one a known parent: number, birth date, place in the order. */
export const newbornTokens = (
  parents: readonly ({ identity: IdentityPaper } | null)[],
  { bornOn, deliveryOrder }: BirthPlaceInOrder,
): string[] =>
  parents.flatMap((parent) =>
    parent === null || parent.identity.number === '' ? [] : [`${parent.identity.number}|${bornOn}|${deliveryOrder}`],
  );
