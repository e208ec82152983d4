import {
  type ClerkScope,
  coversCounty,
  type HospitalCount,
  type HospitalReads,
  isNamed,
  isUnlimited,
} from '@birth/application';
import { Injectable } from '@nestjs/common';
import { Database } from '../database';

type CountRow = { officeCode: string } & Record<Exclude<keyof HospitalCount, 'officeCode'>, string>;

@Injectable()
export class PostgresHospitalReads implements HospitalReads {
  constructor(private readonly database: Database) {}

  async counts(scope: ClerkScope, from: Date, to: Date): Promise<HospitalCount[]> {
    if (!coversCounty(scope) || !isNamed(scope.agencies, 'health-commission')) return [];
    const rows = await this.database.query<CountRow>({
      name: 'hospital_counts',
      text: `with told as (
          select hospital_office_code as office, count(*) as records, count(*) filter (where late_days > 0) as late,
            coalesce(max(late_days), 0) as latest
          from birth_record where first_received_at >= $2 and first_received_at < $3 group by 1),
        owed as (
          select office_code as office, count(distinct (application_id, newborn_index)) as waiting
          from step where code = 'birth_certificate' and state = 'waiting' and 'hospital_record_missing' = any (holds)
          group by 1)
        select coalesce(t.office, o.office) as "officeCode", coalesce(t.records, 0) as records, coalesce(t.late, 0) as late,
          coalesce(t.latest, 0) as "latestDays", coalesce(o.waiting, 0) as waiting
        from told t full join owed o on o.office = t.office
        where $1::text[] is null or coalesce(t.office, o.office) = any ($1) order by 1`,
      values: [isUnlimited(scope.offices) ? null : scope.offices, from, to],
    });
    return rows.map(({ officeCode, records, late, latestDays, waiting }) => ({
      officeCode,
      records: Number(records),
      late: Number(late),
      latestDays: Number(latestDays),
      waiting: Number(waiting),
    }));
  }
}
