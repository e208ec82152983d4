import {
  type ClerkScope,
  coversCounty,
  type DemandCount,
  type DemandReads,
  isUnlimited,
  type OpenDemand,
} from '@birth/application';
import { DEMAND_TASKS } from '@birth/domain';
import { Injectable } from '@nestjs/common';
import { Database } from '../database';
import { openTask, type TaskRow } from './task-row';

/** Written into the text: the index over demands is a partial one. */
const KINDS = DEMAND_TASKS.map((kind) => `'${kind}'`).join(', ');
/** The same limits as isInScope() has; null stands for all. */
const SCOPE = `t.kind in (${KINDS}) and ($1::text[] is null or t.agency = any ($1))
  and ($2::text[] is null or t.office_code = any ($2))`;
const RELEASED = `exists (select 1 from step_event e where e.application_id = t.application_id and e.step_id = t.step_id
  and e.type = 'demand_released' and e.at between t.opened_at and t.closed_at)`;

type CountRow = Pick<DemandCount, 'agency' | 'officeCode' | 'demand'> &
  Record<'found' | 'reported' | 'open' | 'released', string>;
type OpenRow = TaskRow & { application_id: string; case_number: string };

@Injectable()
export class PostgresDemandReads implements DemandReads {
  constructor(private readonly database: Database) {}

  async counts(scope: ClerkScope, from: Date, to: Date): Promise<DemandCount[]> {
    if (!coversCounty(scope)) return [];
    const rows = await this.database.query<CountRow>({
      name: 'demand_counts',
      text: `select t.agency, t.office_code as "officeCode", t.reason as demand,
          count(*) filter (where t.kind = 'supervision') as found,
          count(*) filter (where t.kind = 'demand_report') as reported,
          count(*) filter (where t.closed_at is null) as open, count(*) filter (where ${RELEASED}) as released
        from human_task t where ${SCOPE} and t.opened_at >= $3 and t.opened_at < $4
        group by t.agency, t.office_code, t.reason order by t.agency, t.office_code, t.reason`,
      values: [...limitsOf(scope), from, to],
    });
    return rows.map(({ found, reported, open, released, ...line }) => ({
      ...line,
      found: Number(found),
      reported: Number(reported),
      open: Number(open),
      released: Number(released),
    }));
  }

  async open(scope: ClerkScope, limit: number): Promise<OpenDemand[]> {
    if (!coversCounty(scope)) return [];
    const rows = await this.database.query<OpenRow>({
      name: 'open_demands',
      text: `select t.id, t.step_id, t.kind, t.reason, t.agency, t.office_code, ms(t.opened_at) as opened_at,
          ms(t.due_at) as due_at, t.application_id, a.case_number
        from human_task t join application a on a.id = t.application_id
        where ${SCOPE} and t.closed_at is null order by t.due_at, t.id limit $3`,
      values: [...limitsOf(scope), limit],
    });
    return rows.map((row) => ({
      ...openTask(row),
      applicationId: row.application_id,
      caseNumber: row.case_number,
    }));
  }
}

const limitsOf = ({ agencies, offices }: ClerkScope): (readonly string[] | null)[] =>
  [agencies, offices].map((limit) => (isUnlimited(limit) ? null : limit));
