import type { CaseReads, CaseSummary, Page, StepEventRow, TailEvent } from '@birth/application';
import { Injectable } from '@nestjs/common';
import { Database } from '../database';
import { openReason, type ReasonRow, reasonsOf } from '../cases/event-reasons';
import { KeyRing } from '../sealing/key-ring';
import { type EventRow, toEvent } from './event-row';

const EVENT_COLUMNS = `e.application_id, e.seq, e.step_id, e.newborn_index, e.type, e.from_state, e.to_state, e.reason,
  e.actor, e.actor_id, e.detail, ms(e.at) as at, e.previous_hash, e.hash`;

interface SummaryRow {
  id: string;
  case_number: string;
  status: CaseSummary['status'];
  filed_at: string;
  newborns: string;
}

@Injectable()
export class PostgresCaseReads implements CaseReads {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
  ) {}

  async listOwn(subject: string, cursor: string | null, limit: number): Promise<Page<CaseSummary>> {
    const rows = await this.database.query<SummaryRow>({
      name: 'own_cases',
      text: `select a.id, a.case_number, a.status, ms(a.filed_at) as filed_at,
          (select count(*) from newborn n where n.application_id = a.id) as newborns
        from application a where (a.applicant_subject = $1 or (not a.protected and a.id in
            (select c.application_id from consent c where c.answered_by = $1 and c.state = 'agreed')))
          and ($2::uuid is null or a.id < $2) order by a.id desc limit $3`,
      values: [subject, cursor, limit + 1],
    });
    const items = rows.slice(0, limit).map((row) => ({
      id: row.id,
      caseNumber: row.case_number,
      status: row.status,
      filedAt: Number(row.filed_at),
      newborns: Number(row.newborns),
    }));
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  async relation(applicationId: string, subject: string): ReturnType<CaseReads['relation']> {
    const [row] = await this.database.query<{ is_applicant: boolean; has_confirmed: boolean }>({
      name: 'case_relation',
      text: `select a.applicant_subject = $2 as is_applicant, not a.protected and exists (select 1 from consent c
          where c.answered_by = $2 and c.application_id = a.id and c.state = 'agreed') as has_confirmed
        from application a where a.id = $1`,
      values: [applicationId, subject],
    });
    if (row?.is_applicant) return 'applicant';
    return row?.has_confirmed ? 'confirmed_parent' : null;
  }

  async confirmedParent(applicationId: string, parent: 'mother' | 'father'): Promise<string | null> {
    const [row] = await this.database.query<{ answered_by: string }>({
      name: 'confirmed_parent',
      text: `select c.answered_by from consent c join application a on a.id = c.application_id
        where c.application_id = $1 and c.parent = $2 and c.state = 'agreed' and c.answered_by is not null
          and not a.protected
        order by c.answered_at desc limit 1`,
      values: [applicationId, parent],
    });
    return row?.answered_by ?? null;
  }

  async events(applicationId: string, afterSeq: number, limit: number): Promise<StepEventRow[]> {
    const rows = await this.database.query<EventRow>({
      name: 'case_events',
      text: `select ${EVENT_COLUMNS} from step_event e where e.application_id = $1 and e.seq > $2 order by e.seq limit $3`,
      values: [applicationId, afterSeq, limit],
    });
    return rows.map(toEvent);
  }

  async reasons(applicationId: string): Promise<ReadonlyMap<number, string>> {
    const rows = await this.database.query<ReasonRow>(reasonsOf(applicationId));
    return new Map(rows.map((row) => [row.seq, openReason(this.keys.openCase(applicationId, row.wrapped), row)]));
  }

  /** Rows below the oldest running transaction only: a later commit can no longer slip in behind the cursor. */
  async tail(cursor: string | null, limit: number): Promise<{ events: TailEvent[]; cursor: string }> {
    if (cursor === null) return { events: [], cursor: await this.tailEnd() };
    const [xid, id] = cursor.split('.');
    const rows = await this.database.query<
      EventRow & { xid: string; id: string; agency: TailEvent['agency']; office_code: string | null }
    >({
      name: 'event_tail',
      text: `select e.xid::text, e.id::text, s.agency, s.office_code, ${EVENT_COLUMNS}
        from step_event e left join step s on s.id = e.step_id
        where (e.xid, e.id) > ($1::xid8, $2::bigint) and e.xid < pg_snapshot_xmin(pg_current_snapshot())
        order by e.xid, e.id limit $3`,
      values: [xid, id, limit],
    });
    const events = rows.map((row) => ({
      cursor: `${row.xid}.${row.id}`,
      applicationId: row.application_id,
      event: toEvent(row),
      agency: row.agency,
      officeCode: row.office_code,
    }));
    return { events, cursor: events.at(-1)?.cursor ?? cursor };
  }

  private async tailEnd(): Promise<string> {
    const [row] = await this.database.query<{ xid: string }>({
      name: 'event_tail_end',
      text: 'select (pg_snapshot_xmin(pg_current_snapshot()))::text as xid',
      values: [],
    });
    return `${row?.xid ?? '0'}.0`;
  }

  async byCaseNumber(caseNumber: string): ReturnType<CaseReads['byCaseNumber']> {
    const [row] = await this.database.query<{ id: string; query_password_hash: string; track_failures: number }>({
      name: 'case_by_number',
      text: 'select id, query_password_hash, track_failures from application where case_number = $1',
      values: [caseNumber],
    });
    if (row === undefined) return null;
    return { applicationId: row.id, queryPasswordHash: row.query_password_hash, failedTries: row.track_failures };
  }

  async countTrackFailure(applicationId: string): Promise<number> {
    const [row] = await this.database.query<{ track_failures: number }>({
      name: 'count_track_failure',
      text: 'update application set track_failures = track_failures + 1 where id = $1 returning track_failures',
      values: [applicationId],
    });
    return row?.track_failures ?? 0;
  }
}
