import { daysBetween } from '@birth/standards';
import type { ClaimedBirth } from '../form';

/** What a hospital's record says of the facts that a family claims. */
export interface RecordedBirth extends ClaimedBirth {
  id: string;
  isStillborn: boolean;
}

/** The place that another newborn of the same case has: its own claim, or its record. */
export type BirthPlaceInOrder = Pick<ClaimedBirth, 'bornOn' | 'deliveryOrder'>;

export const CLAIMED_FACTS = ['bornOn', 'deliveryOrder', 'plurality', 'hospitalOfficeCode'] as const;
export type ClaimedFact = (typeof CLAIMED_FACTS)[number];

export const differingFacts = (claim: ClaimedBirth, record: ClaimedBirth): ClaimedFact[] =>
  CLAIMED_FACTS.filter((fact) => claim[fact] !== record[fact]);

export type RecordVerdict<R extends RecordedBirth = RecordedBirth> =
  | { kind: 'none' }
  | { kind: 'same'; record: R }
  /** Of this birth by all that is known, but not as the family says: a person compares, nothing is attached. */
  | { kind: 'differs'; record: R };

export interface SearchedCase {
  /** Other newborns of the same case. */
  siblings: readonly BirthPlaceInOrder[];
  /** Births of one mother further apart than this are two pregnancies. */
  samePregnancyDays: number;
}

/**
 * Which of a mother's free records belongs to a newborn (policy P3). The one that agrees in everything wins; else one of
 * the same pregnancy, unless its place in the order is a sibling's.
 */
export function findRecord<R extends RecordedBirth>(
  claim: ClaimedBirth,
  records: readonly R[],
  { siblings, samePregnancyDays }: SearchedCase,
): RecordVerdict<R> {
  const daysApart = (place: BirthPlaceInOrder) => Math.abs(daysBetween(place.bornOn, claim.bornOn));
  const near = records.filter((record) => daysApart(record) <= samePregnancyDays);
  const exact = near.find((record) => differingFacts(claim, record).length === 0);
  if (exact !== undefined) return { kind: exact.isStillborn ? 'differs' : 'same', record: exact };
  const isOwnPlace = (record: R) => record.deliveryOrder === claim.deliveryOrder;
  const isSiblings = (record: R) =>
    siblings.some(
      (sibling) => sibling.deliveryOrder === record.deliveryOrder && daysApart(sibling) <= samePregnancyDays,
    );
  const [closest] = near
    .filter((record) => isOwnPlace(record) || (!isSiblings(record) && !record.isStillborn))
    .sort((one, other) => Number(isOwnPlace(other)) - Number(isOwnPlace(one)) || daysApart(one) - daysApart(other));
  return closest === undefined ? { kind: 'none' } : { kind: 'differs', record: closest };
}
