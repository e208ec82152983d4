import {
  type AgencyOverview,
  type ClerkReads,
  type ClerkScope,
  type ClerkStepFilter,
  type ClerkStepRow,
  coversCounty,
  isUnlimited,
  type OpenTask,
  type Page,
  type PageRequest,
} from '@birth/application';
import type { AgencyCode } from '@birth/domain';
import { Injectable } from '@nestjs/common';
import { Database } from '../database';
import { openTask, type TaskRow } from './task-row';

/** Every open step has its DEADLINE row: lists start there, so they do not grow with the cases that are finished. */
const OPEN_STEPS = `from work d join step s on s.id = d.step_id join application a on a.id = s.application_id
  join newborn n on n.application_id = s.application_id and n.index = s.newborn_index
  where d.kind = 'DEADLINE'`;

const LIGHTS = {
  red: `(s.promised_on < $today::date or (s.statutory ->> 'metAt' is null and (s.statutory ->> 'safeAt')::date <= $today::date))`,
  yellow: `(s.promised_on between $today::date and $today::date + 1 or
    (s.statutory ->> 'metAt' is null and (s.statutory ->> 'safeAt')::date between $today::date + 1 and $today::date + 10))`,
};

/** Collects conditions with their parameters; no value is ever written into the text. */
class Where {
  readonly values: unknown[] = [];
  private readonly conditions: string[] = [];

  add(condition: (parameter: string) => string, value: unknown): void {
    this.values.push(value);
    this.conditions.push(condition(`$${this.values.length}`));
  }

  raw(condition: string): void {
    this.conditions.push(condition);
  }

  get text(): string {
    return this.conditions.map((condition) => ` and ${condition}`).join('');
  }
}

interface StepRow {
  id: string;
  application_id: string;
  case_number: string;
  newborn_index: number;
  code: ClerkStepRow['code'];
  agency: ClerkStepRow['agency'];
  office_code: string;
  state: ClerkStepRow['state'];
  reason: ClerkStepRow['reason'];
  owner: ClerkStepRow['owner'];
  version: number;
  next_at: string | null;
  promised_on: string | null;
  safe_at: string | null;
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

  async steps(
    scope: ClerkScope,
    filter: ClerkStepFilter,
    today: string,
    { cursor, limit }: PageRequest,
  ): Promise<Page<ClerkStepRow>> {
    const where = conditions(scope, filter, today);
    if (cursor !== null) where.add((p) => `s.id < ${p}::uuid`, cursor);
    const rows = await this.database.query<StepRow>({
      name: '',
      text: `select s.id, s.application_id, a.case_number, s.newborn_index, s.code, s.agency, s.office_code, s.state,
          s.reason, s.owner, s.version, s.promised_on::text, s.statutory ->> 'safeAt' as safe_at, ms(s.updated_at) as updated_at,
          (select ms(min(w.due_at)) from work w where w.step_id = s.id) as next_at,
          (select coalesce(max(w.attempts), 0) from work w where w.step_id = s.id and w.kind = 'CALL') as attempts
        ${OPEN_STEPS}${where.text} order by s.id desc limit ${limit + 1}`,
      values: where.values,
    });
    const items = rows.slice(0, limit).map(toStep);
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.stepId ?? null) : null };
  }

  async counts(scope: ClerkScope, filter: ClerkStepFilter, today: string): Promise<Record<string, number>> {
    const where = conditions(scope, filter, today);
    const rows = await this.database.query<{ state: string; count: string }>({
      name: '',
      text: `select s.state, count(*) ${OPEN_STEPS}${where.text} group by s.state`,
      values: where.values,
    });
    return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
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

function conditions(scope: ClerkScope, filter: ClerkStepFilter, today: string): Where {
  const where = new Where();
  addScope(where, scope);
  const equal = {
    state: filter.state,
    agency: filter.agency,
    office_code: filter.office,
    owner: filter.owner,
    code: filter.code,
  };
  for (const [column, value] of Object.entries(equal)) {
    if (value !== undefined) where.add((p) => `s.${column} = ${p}`, value);
  }
  if (filter.minAgeDays !== undefined) {
    where.add((p) => `n.born_on <= ${p}::date`, daysBefore(today, filter.minAgeDays));
  }
  if (filter.light !== undefined) addLight(where, filter.light, today);
  return where;
}

function addLight(where: Where, light: NonNullable<ClerkStepFilter['light']>, today: string): void {
  where.add((p) => {
    const red = LIGHTS.red.replaceAll('$today', p);
    const yellow = LIGHTS.yellow.replaceAll('$today', p);
    if (light === 'red') return `coalesce(${red}, false)`;
    if (light === 'yellow') return `(coalesce(${yellow}, false) and not coalesce(${red}, false))`;
    return `not coalesce(${red}, false) and not coalesce(${yellow}, false)`;
  }, today);
}

const daysBefore = (today: string, days: number): string =>
  new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);

/** The same limits as isInScope() has, in SQL. */
function addScope(where: Where, scope: ClerkScope): void {
  const { agencies, offices, regions } = scope;
  if (!isUnlimited(agencies)) where.add((p) => `s.agency = any (${p})`, agencies);
  if (!isUnlimited(offices)) where.add((p) => `s.office_code = any (${p})`, offices);
  if (!coversCounty({ regions })) where.raw('false');
}

const toStep = (row: StepRow): ClerkStepRow => ({
  stepId: row.id,
  applicationId: row.application_id,
  caseNumber: row.case_number,
  newbornIndex: row.newborn_index,
  code: row.code,
  agency: row.agency,
  officeCode: row.office_code,
  state: row.state,
  reason: row.reason,
  owner: row.owner,
  version: row.version,
  nextAt: row.next_at === null ? null : Number(row.next_at),
  promisedOn: row.promised_on,
  statutorySafeAt: row.safe_at,
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
