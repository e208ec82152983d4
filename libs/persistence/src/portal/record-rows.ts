import type { CaseCompleteness, RecordRow, SentRecord } from '@birth/application';
import type { Rating, RecordKind, RecordSubject, ServiceCode } from '@birth/domain';

export interface StoredRecord {
  id: string;
  kind: RecordKind;
  about: RecordSubject;
  case_number: string;
  portal_number: string;
  /** null: of the whole case. */
  code: ServiceCode | null;
  newborn_index: number | null;
  office_code: string;
  at: string;
  state: 'owed' | 'acknowledged' | 'refused';
  attempts: number;
  sent_at: string | null;
  acknowledged_at: string | null;
  next_at: string;
  refusal: string | null;
  rating: Rating | null;
}

export const COLUMNS = `r.id, r.kind, r.about, a.case_number, p.case_number as portal_number, s.code, s.newborn_index,
  r.office_code, ms(r.at) as at, r.state, r.attempts, ms(r.sent_at) as sent_at,
  ms(r.acknowledged_at) as acknowledged_at, ms(r.next_at) as next_at, r.refusal,
  case r.kind when 'rating' then a.rating end as rating`;
export const FROM = `join application a on a.id = r.application_id
  join portal_case p on p.application_id = r.application_id left join step s on s.id = r.step_id`;

const millis = (value: string | null): number | null => (value === null ? null : Number(value));

export const toSent = (row: StoredRecord): SentRecord => ({
  id: row.id,
  kind: row.kind,
  about: row.about,
  caseNumber: row.case_number,
  portalCaseNumber: row.portal_number,
  service: serviceOf(row),
  rating: row.rating && { level: row.rating.level, aspects: row.rating.aspects },
  at: Number(row.at),
  attempts: row.attempts,
});

const serviceOf = ({
  code,
  newborn_index: newbornIndex,
  office_code: officeCode,
}: StoredRecord): SentRecord['service'] =>
  code === null || newbornIndex === null ? null : { code, newbornIndex, officeCode };

export function toRow(row: StoredRecord): RecordRow {
  const isOnItsWay = row.state === 'owed' && row.sent_at !== null;
  return {
    ...toSent(row),
    state: isOnItsWay ? 'sent' : row.state,
    sentAt: millis(row.sent_at),
    acknowledgedAt: millis(row.acknowledged_at),
    nextAt: row.state === 'owed' ? Number(row.next_at) : null,
    refusal: row.refusal,
  };
}

export interface CompletenessRow {
  application_id: string;
  case_number: string;
  portal_number: string;
  filed_at: string;
  closed: boolean;
  missing: string;
  owed: string;
  sent: string;
  acknowledged: string;
  refused: string;
}

/** Cases filed at the portal, newest first, each with its own records alone. */
export const CASES = `select p.application_id, a.case_number, p.case_number as portal_number, ms(p.filed_at) as filed_at,
    a.closed_at is not null as closed, m.missing + case when a.rating is not null and n.ratings = 0 then 1 else 0 end as missing, n.owed, n.sent, n.acknowledged, n.refused
  from portal_case p join application a on a.id = p.application_id,
    lateral (select count(*) filter (where r.state = 'owed' and r.sent_at is null) as owed,
        count(*) filter (where r.state = 'owed' and r.sent_at is not null) as sent,
        count(*) filter (where r.state = 'acknowledged') as acknowledged,
        count(*) filter (where r.state = 'refused') as refused, count(*) filter (where r.kind = 'rating') as ratings
      from portal_record r where r.application_id = p.application_id) n,
    lateral (select count(*) as missing from step s where s.application_id = p.application_id and s.code = any ($3)
      and s.mode <> 'external'
      and s.state in ('completed', 'rejected', 'withdrawn', 'cancelled') and not exists (
        select 1 from portal_record r where r.application_id = p.application_id and r.step_id = s.id
          and r.kind = 'result')) m
  where $1::uuid is null or p.application_id < $1 order by p.application_id desc limit $2`;

export const toCompleteness = (row: CompletenessRow): CaseCompleteness => ({
  applicationId: row.application_id,
  caseNumber: row.case_number,
  portalCaseNumber: row.portal_number,
  filedAt: Number(row.filed_at),
  isClosed: row.closed,
  missing: Number(row.missing),
  counts: {
    owed: Number(row.owed),
    sent: Number(row.sent),
    acknowledged: Number(row.acknowledged),
    refused: Number(row.refused),
  },
});
