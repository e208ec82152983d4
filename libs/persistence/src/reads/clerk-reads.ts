import {
  type AgencyOverview,
  type ClerkReads,
  type ClerkScope,
  type ClerkStepCounts,
  type ClerkStepRow,
  type ClerkStepSearch,
  isUnlimited,
  type OpenTask,
  type Page,
  type PageRequest,
} from '@birth/application';
import type { AgencyCode } from '@birth/domain';
import { Injectable } from '@nestjs/common';
import { Database } from '../database';
import { addScope, openSteps, Where } from './open-steps';
import { openTask, type TaskRow } from './task-row';

interface StepRow {
  id: string;
  application_id: string;
  case_number: string;
  newborn_index: number;
  code: ClerkStepRow['code'];
  agency: ClerkStepRow['agency'];
  office_code: string;
  overdue_with: ClerkStepRow['overdueWith'];
  state: ClerkStepRow['state'];
  reason: ClerkStepRow['reason'];
  owner: ClerkStepRow['owner'];
  version: number;
  next_at: string | null;
  promised_on: string | null;
  safe_at: string | null;
  light: ClerkStepRow['light'];
  overall_promised_on: string | null;
  overall_light: ClerkStepRow['overallLight'];
  attempts: number;
  updated_at: string;
}

interface AgencyRow {
  agency: AgencyCode;
  backlog: string;
  due_now: string;
  in_flight: string;
  oldest: string | null;
  paused: string;
  answered: string;
}

@Injectable()
export class PostgresClerkReads implements ClerkReads {
  constructor(private readonly database: Database) {}

  async steps(search: ClerkStepSearch, { cursor, limit }: PageRequest): Promise<Page<ClerkStepRow>> {
    const { text, values } = openSteps(search);
    const [after, most] = [`$${values.length + 1}::uuid`, `$${values.length + 2}::int`];
    const rows = await this.database.query<StepRow>({
      name: '',
      text: `${text} select found.*, ms(updated) as updated_at,
          (select ms(min(w.due_at)) from work w where w.step_id = found.id) as next_at,
          (select coalesce(max(w.attempts), 0) from work w where w.step_id = found.id and w.kind = 'CALL') as attempts
        from found where ${after} is null or id < ${after} order by id desc limit ${most}`,
      values: [...values, cursor, limit + 1],
    });
    const items = rows.slice(0, limit).map(toStep);
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.stepId ?? null) : null };
  }

  async counts(search: ClerkStepSearch): Promise<ClerkStepCounts> {
    const { text, values } = openSteps(search);
    const rows = await this.database.query<CountRow>({
      name: '',
      text: `${text} select state, agency, owner, light, overall_light as "overallLight", count(*),
          grouping(state, agency, owner, light, overall_light) = 31 as "isOfAll",
          count(*) filter (where past_promise) as promise, count(*) filter (where past_limit) as statutory,
          count(*) filter (where past_overall) as overall, count(*) filter (where late_on_arrival) as late
        from found group by grouping sets ((), (state), (agency), (owner), (light), (overall_light))`,
      values,
    });
    return countsOf(rows);
  }

  async inScope(scope: ClerkScope, applicationId: string): Promise<boolean> {
    const where = new Where();
    where.add((p) => `s.application_id = ${p}`, applicationId);
    addScope(where, scope);
    const rows = await this.database.query({
      name: '',
      text: `select 1 from step s where true${where.text} limit 1`,
      values: where.values,
    });
    return rows.length > 0;
  }

  /** From the agencies' side: one that owes nothing and was never called has its line, too. */
  async agencies(agencies: readonly AgencyCode[], offices: readonly string[], now: number): Promise<AgencyOverview[]> {
    const ofOffices = 'and exists (select 1 from step s where s.id = w.step_id and s.office_code = any ($3))';
    const isLimited = !isUnlimited(offices);
    const rows = await this.database.query<AgencyRow>({
      name: isLimited ? 'agency_overview_of_offices' : 'agency_overview',
      text: `select q.agency, count(w.step_id) as backlog, count(w.step_id) filter (where w.due_at <= $2) as due_now,
          ms(min(w.due_at)) as oldest, count(w.step_id) filter (where w.lease_until > $2) as in_flight,
          coalesce(ms(g.paused_until), 0) as paused, coalesce(ms(g.last_answered_at), 0) as answered
        from unnest($1::text[]) with ordinality q (agency, place)
        left join work w on w.queue = q.agency ${isLimited ? ofOffices : ''}
        left join agency_state g on g.queue = q.agency
        group by q.agency, q.place, g.paused_until, g.last_answered_at order by q.place`,
      values: [agencies, new Date(now), ...(isLimited ? [offices] : [])],
    });
    return rows.map(toOverview);
  }

  async openTasks(applicationId: string): Promise<OpenTask[]> {
    const rows = await this.database.query<TaskRow>({
      name: 'open_tasks',
      text: `select id, step_id, kind, reason, agency, office_code, ms(opened_at) as opened_at, ms(due_at) as due_at
        from human_task where application_id = $1 and closed_at is null order by id`,
      values: [applicationId],
    });
    return rows.map(openTask);
  }
}

type Dimension = Exclude<keyof ClerkStepCounts, 'total' | 'breaches'>;
type Counted = 'count' | 'promise' | 'statutory' | 'overall' | 'late';
type CountRow = Readonly<Record<Dimension, string | null> & Record<Counted, string>> & { isOfAll: boolean };

/** One row a value of one dimension, and one of everything. */
function countsOf(rows: readonly CountRow[]): ClerkStepCounts {
  const ofAll = rows.find(({ isOfAll }) => isOfAll);
  const of = (counted: Counted): number => Number(ofAll?.[counted] ?? 0);
  const by = (dimension: Dimension) =>
    Object.fromEntries(rows.flatMap((row) => (row[dimension] === null ? [] : [[row[dimension], Number(row.count)]])));
  return {
    total: of('count'),
    state: by('state'),
    agency: by('agency'),
    owner: by('owner'),
    light: by('light'),
    overallLight: by('overallLight'),
    breaches: {
      promise: of('promise'),
      statutory: of('statutory'),
      overall: of('overall'),
      lateOnArrival: of('late'),
    },
  };
}

const toStep = (row: StepRow): ClerkStepRow => ({
  stepId: row.id,
  applicationId: row.application_id,
  caseNumber: row.case_number,
  newbornIndex: row.newborn_index,
  code: row.code,
  agency: row.agency,
  officeCode: row.office_code,
  overdueWith: row.overdue_with,
  state: row.state,
  reason: row.reason,
  owner: row.owner,
  version: row.version,
  nextAt: row.next_at === null ? null : Number(row.next_at),
  promisedOn: row.promised_on,
  statutorySafeAt: row.safe_at,
  light: row.light,
  overallPromisedOn: row.overall_promised_on,
  overallLight: row.overall_light,
  attempts: row.attempts,
  updatedAt: Number(row.updated_at),
});

const toOverview = (row: AgencyRow): AgencyOverview => ({
  agency: row.agency,
  backlog: Number(row.backlog),
  dueNow: Number(row.due_now),
  oldestDueAt: row.oldest === null ? null : Number(row.oldest),
  inFlight: Number(row.in_flight),
  pausedUntil: Number(row.paused),
  lastAnsweredAt: Number(row.answered),
});
