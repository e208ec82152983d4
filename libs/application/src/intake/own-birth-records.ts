import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../caller';
import { BIRTH_RECORD_STORE, type BirthRecordStore } from '../ports/birth-records';

/** A mother's own records, and a father's after she confirmed, by verified papers; there is no search (policy P3). Stillbirths are not shown. */
@Injectable()
export class OwnBirthRecords {
  constructor(@Inject(BIRTH_RECORD_STORE) private readonly records: BirthRecordStore) {}

  async execute({ identity }: Caller): Promise<{ items: unknown[] }> {
    if (identity === undefined) return { items: [] };
    const records = await this.records.ofParent(identity);
    const items = records
      .filter((record) => record.outcome !== 'stillborn')
      .map(({ id, hospitalOfficeCode, outcome, birth, applicationId }) => ({
        id,
        hospitalOfficeCode,
        outcome,
        sex: birth.sex,
        bornAt: birth.bornAt,
        plurality: birth.plurality,
        deliveryOrder: birth.deliveryOrder,
        isFiled: applicationId !== null,
      }));
    return { items };
  }
}
