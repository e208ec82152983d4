import { Inject, Injectable } from '@nestjs/common';
import type { BirthRecordPage } from '../shapes/intake-shapes';
import type { Caller } from '../caller';
import { BIRTH_RECORD_STORE, type BirthRecord, type BirthRecordStore } from '../ports/birth-records';

/** A mother's own records, and a father's after she confirmed, by verified papers; there is no search (policy P3). Stillbirths are not shown. */
@Injectable()
export class OwnBirthRecords {
  constructor(@Inject(BIRTH_RECORD_STORE) private readonly records: BirthRecordStore) {}

  async execute({ identity }: Caller): Promise<BirthRecordPage> {
    if (identity === undefined) return { items: [], nextCursor: null };
    const records = await this.records.ofParent(identity);
    return { items: records.flatMap(shown), nextCursor: null };
  }
}

function shown({ id, hospitalOfficeCode, outcome, birth, applicationId }: BirthRecord): BirthRecordPage['items'] {
  if (outcome === 'stillborn') return [];
  const { sex, bornAt, plurality, deliveryOrder } = birth;
  const isFiled = applicationId !== null;
  return [{ id, hospitalOfficeCode, outcome, sex, bornAt, plurality, deliveryOrder, isFiled }];
}
