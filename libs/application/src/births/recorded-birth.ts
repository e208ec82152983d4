import type { ClaimedBirth, KnownBirth, RecordedBirth } from '@birth/domain';
import { toShanghaiDate } from '@birth/standards';
import type { BirthRecord } from '../ports/birth-records';

/** A hospital may write a moment in any offset: the day is the day in the county. */
export const bornOnOf = ({ bornAt }: { bornAt: string }): string => toShanghaiDate(Date.parse(bornAt));

/** A record in the words of a claim, so that the two can be compared. */
export function recordedBirth(record: BirthRecord): RecordedBirth & { source: BirthRecord } {
  const { plurality, deliveryOrder } = record.birth;
  return {
    id: record.id,
    source: record,
    isStillborn: record.outcome === 'stillborn',
    hospitalOfficeCode: record.hospitalOfficeCode,
    bornOn: bornOnOf(record.birth),
    plurality,
    deliveryOrder,
  };
}

/** What is known of a birth while it is only claimed: a county hospital, no moment, no sex. */
export const claimedBirth = ({ hospitalOfficeCode, bornOn, plurality, deliveryOrder }: ClaimedBirth): KnownBirth => ({
  bornOn,
  bornAt: null,
  sex: null,
  plurality,
  deliveryOrder,
  region: '500235',
  kind: 'hospital',
  officeCode: hospitalOfficeCode,
  outcome: 'live',
  recordedMother: null,
  awaitsMother: false,
});
