import type { RecordedBirth } from '@birth/domain';
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
