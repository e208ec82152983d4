import type {
  CaseCompleteness,
  NewRecord,
  PortalRecordStore,
  RecordRow,
  ReportedCase,
  ReportedStep,
  SentRecord,
} from '@birth/application';
import { SERVICE_CODES, type StepChange } from '@birth/domain';
import { newId } from '@birth/platform';
import { Injectable } from '@nestjs/common';
import type { Statement } from '../batch';
import { Database } from '../database';
import { type HistoryReader, readOn } from '../history-cursor';
import type { Transaction } from '../transaction';
import {
  CASES,
  COLUMNS,
  type CompletenessRow,
  FROM,
  type StoredRecord,
  toCompleteness,
  toRow,
  toSent,
} from './record-rows';

/** Of cases that were filed at the portal. */
const HISTORY: HistoryReader = {
  name: 'portal',
  caseId: 'p.application_id',
  joins: 'left join portal_case p using (application_id)',
};

@Injectable()
export class PostgresPortalRecordStore implements PortalRecordStore {
  constructor(private readonly database: Database) {}

  round(limit: number, now: number, decide: (changed: ReportedCase) => readonly NewRecord[]): Promise<number> {
    return readOn(this.database, HISTORY, limit, async (transaction, id) =>
      decide(await reportedCase(transaction, id)).map((record) => putRecord(id, record, now)),
    );
  }

  /** Of one case the oldest alone: the portal hears of an acceptance before its result. */
  async claim(limit: number, now: number, leaseMs: number): Promise<SentRecord[]> {
    const rows = await this.database.query<StoredRecord>({
      name: 'portal_records_claim',
      text: `with due as (
          select d.id from portal_record d where d.state = 'owed' and d.next_at <= $1 and not exists (
            select 1 from portal_record e where e.application_id = d.application_id and e.state = 'owed'
              and (e.seq, e.place) < (d.seq, d.place))
          order by d.next_at, d.id limit $2 for update skip locked),
        taken as (
          update portal_record set attempts = attempts + 1, sent_at = $1, next_at = $3
          where id in (select id from due) returning *)
        select ${COLUMNS} from taken r ${FROM}`,
      values: [new Date(now), limit, new Date(now + leaseMs)],
    });
    return rows.map(toSent);
  }

  async acknowledged(id: string, at: number): Promise<void> {
    await this.change(
      'portal_record_acknowledged',
      `state = 'acknowledged', acknowledged_at = coalesce(acknowledged_at, $2), refusal = null where id = $1`,
      [id, new Date(at)],
    );
  }

  async refused(id: string, code: string): Promise<void> {
    await this.change('portal_record_refused', `state = 'refused', refusal = $2 where id = $1 and state = 'owed'`, [
      id,
      code,
    ]);
  }

  async putOff(id: string, nextAt: number): Promise<void> {
    await this.change('portal_record_put_off', `next_at = $2 where id = $1 and state = 'owed'`, [id, new Date(nextAt)]);
  }

  async resend({ applicationId, id }: { applicationId: string; id: string }, at: number): Promise<boolean> {
    const text = `state = 'owed', next_at = $3, sent_at = null, acknowledged_at = null, refusal = null
      where id = $1 and application_id = $2`;
    return (await this.change('portal_record_resend', text, [id, applicationId, new Date(at)])) > 0;
  }

  async cases(after: string | null, limit: number): Promise<CaseCompleteness[]> {
    const rows = await this.database.query<CompletenessRow>({
      name: 'portal_cases',
      text: CASES,
      values: [after, limit, SERVICE_CODES],
    });
    return rows.map(toCompleteness);
  }

  async ofCase(applicationId: string): Promise<RecordRow[]> {
    const rows = await this.database.query<StoredRecord>({
      name: 'portal_records_of_case',
      text: `select ${COLUMNS} from portal_record r ${FROM} where r.application_id = $1 order by r.seq, r.place`,
      values: [applicationId],
    });
    return rows.map(toRow);
  }

  private async change(name: string, what: string, values: unknown[]): Promise<number> {
    const rows = await this.database.query({ name, text: `update portal_record set ${what} returning 1`, values });
    return rows.length;
  }
}

async function reportedCase(transaction: Transaction, applicationId: string): Promise<ReportedCase> {
  const steps = await transaction.query<ReportedStep>({
    name: 'portal_steps',
    text: `select id, code, newborn_index as "newbornIndex", office_code as "officeCode", mode from step
      where application_id = $1 and code = any ($2)`,
    values: [applicationId, SERVICE_CODES],
  });
  const events = await transaction.query<Omit<StepChange, 'at'> & { at: string }>({
    name: 'portal_history',
    text: `select seq, step_id as "stepId", type, from_state as "fromState", to_state as "toState", ms(at) as at
      from step_event where application_id = $1 and (step_id is not null or type = 'rated') order by seq`,
    values: [applicationId],
  });
  return { steps: steps.rows, history: events.rows.map((event) => ({ ...event, at: Number(event.at) })) };
}

/** Made of the same history again it is the same record. */
const putRecord = (applicationId: string, { step, ...record }: NewRecord, now: number): Statement => ({
  name: 'put_portal_record',
  text: `insert into portal_record (id, application_id, step_id, seq, place, kind, about, office_code, at, made_at,
    next_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) on conflict on constraint portal_record_once_key do nothing`,
  values: [
    newId(),
    applicationId,
    step?.id ?? null,
    record.seq,
    record.place,
    record.kind,
    record.about,
    step?.officeCode ?? '',
    new Date(record.at),
    new Date(now),
  ],
});
