import {
  type ClerkScope,
  coversCounty,
  type FoundDifference,
  isUnlimited,
  type OpenDifference,
  type ReconciliationRun,
  type ReconciliationStore,
  type RunReport,
  type RunRow,
} from '@birth/application';
import type { AgencyCode } from '@birth/domain';
import { newId } from '@birth/platform';
import { Injectable } from '@nestjs/common';
import type { Statement } from '../batch';
import { OnceRows } from '../cases/once-rows';
import { Database } from '../database';
import { KeyRing } from '../sealing/key-ring';
import type { Transaction } from '../transaction';

type Asking = Parameters<ReconciliationStore['ask']>[0];
type RunColumns = 'id' | 'agency' | 'day' | 'isNightly' | 'attempts';

const RUN = `id, agency, day::text, is_nightly as "isNightly", attempts`;
const TAKE = `update reconciliation_run set state = 'running', attempts = attempts + 1, due_at = $2
  where id = (select id from reconciliation_run where ended_at is null and due_at <= $1 order by due_at limit 1
    for update skip locked)
  returning ${RUN}`;
/** What is final and has not changed since is compared no more; the step's own day of change is not indexed, a night has time. */
const CASES = `select distinct s.application_id as id from step s
  where s.agency = $1 and s.channel = 'api' and (s.updated_at >= $2
    or s.state not in ('completed', 'rejected', 'withdrawn', 'cancelled', 'not_applicable')
    or exists (select 1 from reconciliation_difference d where d.step_id = s.id and d.closed_at is null))
  order by 1`;

@Injectable()
export class PostgresReconciliationStore implements ReconciliationStore {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly onceRows: OnceRows,
  ) {}

  async planNight(day: string, agencies: readonly AgencyCode[], now: number): Promise<void> {
    await this.database.queries(
      agencies.map((agency) => ({
        name: 'reconciliation_night',
        text: `insert into reconciliation_run (id, agency, day, is_nightly, asked_at, due_at)
          values ($1, $2, $3, true, $4, $4) on conflict do nothing`,
        values: [newId(), agency, day, new Date(now)],
      })),
    );
  }

  ask({ once, run, respond }: Asking): ReturnType<ReconciliationStore['ask']> {
    return this.database.transaction(async (transaction) => {
      const replayed = await this.onceRows.takeIdempotency(transaction, once);
      if (replayed !== null) return { commit: false, value: replayed };
      const response = respond(await this.openRun(transaction, run));
      await transaction.last([this.onceRows.keepResponse(once, response)]);
      return { commit: true, value: response };
    });
  }

  private async openRun(transaction: Transaction, run: Asking['run']): Promise<string> {
    const { rows } = await transaction.query<{ id: string }>({
      name: 'reconciliation_ask',
      text: `insert into reconciliation_run (id, agency, day, is_nightly, asked_by, asked_at, due_at)
        values ($1, $2, $3, false, $4, $5, $5)
        on conflict (agency) where ended_at is null and not is_nightly do update set asked_by = reconciliation_run.asked_by
        returning id`,
      values: [run.id, run.agency, run.day, run.askedBy, new Date(run.askedAt)],
    });
    return rows[0]?.id ?? run.id;
  }

  async take(now: number, leaseMs: number): Promise<ReconciliationRun | null> {
    const [row] = await this.database.query<Pick<ReconciliationRun, RunColumns>>({
      name: 'reconciliation_take',
      text: TAKE,
      values: [new Date(now), new Date(now + leaseMs)],
    });
    return row ?? null;
  }

  async cases(agency: AgencyCode, since: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>({
      name: 'reconciliation_cases',
      text: CASES,
      values: [agency, new Date(since)],
    });
    return rows.map(({ id }) => id);
  }

  async unknownSince(agency: AgencyCode): Promise<number | null> {
    const [row] = await this.database.query<{ since: string | null }>({
      name: 'reconciliation_unknown_since',
      text: `select ms(min(found_at)) as since from reconciliation_difference
        where agency = $1 and step_id is null and closed_at is null`,
      values: [agency],
    });
    return row?.since == null ? null : Number(row.since) - DAY_MS;
  }

  async finish(run: ReconciliationRun, report: RunReport, now: number): Promise<void> {
    const differences = report.differences.map((one) => ({ ...one, fingerprint: this.fingerprint(one) }));
    await this.database.transaction(async (transaction) => {
      const kept = differences.map((one) => this.keep(run, one, now));
      const tasks = differences.filter(({ stepId }) => stepId !== null).map((one) => openTask(run, one, now));
      await transaction.last([
        ...closeGone(run, report, differences, now),
        ...kept,
        ...tasks,
        finishRun(run, report, now),
      ]);
      return { commit: true, value: undefined };
    });
  }

  /** The same difference of the same step, or of the same request that nobody knows. */
  private fingerprint({ kind, stepId, key, receipt }: FoundDifference): Buffer {
    return this.keys.digest('reconciliation', [kind, stepId ?? `${key ?? ''}/${receipt ?? ''}`].join('/'));
  }

  private keep(run: ReconciliationRun, one: FoundDifference & { fingerprint: Buffer }, now: number): Statement {
    const id = newId();
    const { key, receipt } = one;
    const seal = this.keys.service('reconciliation');
    return {
      name: 'reconciliation_keep',
      text: `insert into reconciliation_difference (id, agency, fingerprint, kind, cure, step_id, application_id,
          office_code, ours, theirs, unknown, found_at, seen_at, due_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13)
        on conflict (agency, fingerprint) where closed_at is null do update
          set seen_at = excluded.seen_at, cure = excluded.cure, ours = excluded.ours, theirs = excluded.theirs`,
      values: [
        id,
        run.agency,
        one.fingerprint,
        one.kind,
        one.cure,
        one.stepId,
        one.applicationId,
        one.officeCode,
        one.ours,
        one.theirs,
        one.stepId === null ? seal.seal('reconciliation_difference', 'unknown', id, { key, receipt }) : null,
        new Date(now),
        new Date(one.dueAt),
      ],
    };
  }

  async postpone({ id }: ReconciliationRun, until: number): Promise<void> {
    await this.database.query({
      name: 'reconciliation_postpone',
      text: `update reconciliation_run set state = 'asked', due_at = $2 where id = $1 and ended_at is null`,
      values: [id, new Date(until)],
    });
  }

  async fail({ id }: ReconciliationRun, failure: string, now: number): Promise<void> {
    await this.database.query({
      name: 'reconciliation_fail',
      text: `update reconciliation_run set state = 'failed', failure = $2, ended_at = $3 where id = $1`,
      values: [id, failure, new Date(now)],
    });
  }

  async runs(scope: ClerkScope, limit: number): Promise<RunRow[]> {
    if (!coversCounty(scope)) return [];
    const rows = await this.database.query<RunSql>({
      name: 'reconciliation_runs',
      text: `select ${RUN}, state, ms(asked_at) as "askedAt", ms(ended_at) as "endedAt", compared_by as by, ours, theirs,
          asked, differences, failure
        from reconciliation_run where $1::text[] is null or agency = any ($1) order by asked_at desc, agency limit $2`,
      values: [limitOf(scope.agencies), limit],
    });
    return rows.map((row) => ({
      ...row,
      askedAt: Number(row.askedAt),
      endedAt: row.endedAt === null ? null : Number(row.endedAt),
    }));
  }

  async open(scope: ClerkScope, limit: number): Promise<OpenDifference[]> {
    if (!coversCounty(scope)) return [];
    const rows = await this.database.query<DifferenceSql>({
      name: 'reconciliation_open',
      text: `select d.id, d.agency, d.office_code as "officeCode", d.kind, d.cure, d.step_id as "stepId",
          d.application_id as "applicationId", a.case_number as "caseNumber", d.ours, d.theirs, d.unknown,
          ms(d.found_at) as "foundAt", ms(d.seen_at) as "seenAt", ms(d.due_at) as "dueAt"
        from reconciliation_difference d left join application a on a.id = d.application_id
        where d.closed_at is null and ($1::text[] is null or d.agency = any ($1))
          and ($2::text[] is null or d.office_code = any ($2))
        order by d.due_at, d.id limit $3`,
      values: [limitOf(scope.agencies), limitOf(scope.offices), limit],
    });
    return rows.map((row) => this.opened(row));
  }

  private opened({ unknown, foundAt, seenAt, dueAt, ...row }: DifferenceSql): OpenDifference {
    const seal = this.keys.service('reconciliation');
    const known =
      unknown === null
        ? null
        : seal.open<{ key: string | null; receipt: string | null }>(
            'reconciliation_difference',
            'unknown',
            row.id,
            unknown,
          );
    return { ...row, unknown: known, foundAt: Number(foundAt), seenAt: Number(seenAt), dueAt: Number(dueAt) };
  }
}

/** An agency may have listed what it has by its own clock. */
const DAY_MS = 86_400_000;

type RunSql = Omit<RunRow, 'askedAt' | 'endedAt'> & { askedAt: string; endedAt: string | null };
type DifferenceSql = Omit<OpenDifference, 'foundAt' | 'seenAt' | 'dueAt' | 'unknown'> &
  Record<'foundAt' | 'seenAt' | 'dueAt', string> & { unknown: Buffer | null };

const limitOf = (limit: readonly string[]): readonly string[] | null => (isUnlimited(limit) ? null : limit);

function finishRun({ id }: ReconciliationRun, report: RunReport, now: number): Statement {
  const counts: Record<string, number> = {};
  for (const { kind } of report.differences) counts[kind] = (counts[kind] ?? 0) + 1;
  return {
    name: 'reconciliation_finish',
    text: `update reconciliation_run set state = 'done', ended_at = $2, compared_by = $3, ours = $4, theirs = $5,
        asked = $6, differences = $7 where id = $1`,
    values: [id, new Date(now), report.by, report.ours, report.theirs, report.asked, JSON.stringify(counts)],
  };
}

/** What was looked at again and not found again is gone, and so is its task. */
function closeGone(
  { agency }: ReconciliationRun,
  { by, comparedSteps }: RunReport,
  found: readonly { fingerprint: Buffer }[],
  now: number,
): Statement[] {
  return [
    {
      name: 'reconciliation_close',
      text: `with gone as (
          update reconciliation_difference set closed_at = $4
          where agency = $1 and closed_at is null and not fingerprint = any ($2::bytea[])
            and (step_id = any ($3::uuid[]) or (step_id is null and $5))
          returning application_id, step_id, kind)
        update human_task t set closed_at = $4 from gone g
        where t.application_id = g.application_id and t.step_id = g.step_id and t.kind = 'reconciliation'
          and t.reason = g.kind and t.closed_at is null`,
      values: [agency, found.map(({ fingerprint }) => fingerprint), comparedSteps, new Date(now), by === 'list'],
    },
  ];
}

const openTask = (run: ReconciliationRun, one: FoundDifference, now: number): Statement => ({
  name: 'reconciliation_task',
  text: `insert into human_task (id, application_id, step_id, kind, reason, agency, office_code, opened_at, due_at)
    values ($1, $2, $3, 'reconciliation', $4, $5, $6, $7, $8) on conflict do nothing`,
  values: [
    newId(),
    one.applicationId,
    one.stepId,
    one.kind,
    run.agency,
    one.officeCode,
    new Date(now),
    new Date(one.dueAt),
  ],
});
