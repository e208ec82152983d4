import type { SectionName } from '@birth/application';
import type { NewbornState, OverallPromise, Rating, StepRecord, UnheardParent, WorkRecord } from '@birth/domain';
import type { Transaction } from '../transaction';

/** Cells of form_section by `newborn/section`, still sealed. */
export type SealedSections = Readonly<Record<string, Buffer>>;

/** A case as its rows say. */
export interface CaseRows {
  application: ApplicationRow;
  steps: StepRow[];
  work: WorkRecord[];
  newborns: NewbornState[];
  sections: SealedSections;
  consents: ConsentRow[];
}

export interface ApplicationRow {
  id: string;
  case_number: string;
  status: string;
  definition_version: string;
  filed_at: number;
  applicant_subject: string;
  protected: boolean;
  overall_promise: OverallPromise | null;
  unheard: UnheardParent[];
  rating: Rating | null;
  event_seq: number;
  chain_head: Buffer;
  exchange_seq: number;
  exchange_head: Buffer;
  wrapped: Buffer;
}

export type StepRow = StepRecord & {
  receipt: Buffer | null;
  earlier_receipt: Buffer | null;
  agency_text: Buffer | null;
};

export interface ConsentRow {
  id: string;
  parent: string;
  purposes: string[];
  state: string;
  askedAt: number;
  expiresAt: number;
  answeredAt: number | null;
  via: string | null;
  reason: Buffer | null;
}

export interface SectionRow {
  newborn_index: number;
  section: string;
  sealed: Buffer;
}

export interface CaseQuery {
  applicationId: string | null;
  stepId: string | null;
  /** null: all of them, and what parents were asked. */
  sections: readonly SectionName[] | null;
  /** Locks the application, then its work rows, before anything that a decision looks at is read. */
  isLocking: boolean;
}

/** Epoch ms as a number. */
const at = (column: string, name: string): string => `ms(${column})::float8 as "${name}"`;
const CASE_ID = 'coalesce($1::uuid, (select application_id from step where id = $2::uuid))';

const APPLICATION = `select a.id, a.case_number, a.status, a.definition_version, ${at('a.filed_at', 'filed_at')},
    a.applicant_subject, a.protected, a.overall_promise, a.unheard, a.rating, a.event_seq, a.chain_head,
    a.exchange_seq, a.exchange_head, k.wrapped
  from application a join case_key k on k.case_id = a.id where a.id = ${CASE_ID}`;

const WORK = `select w.step_id as "stepId", w.kind, w.queue, ${at('w.due_at', 'dueAt')}, w.generation, w.attempts,
    w.failures, w.maybe_sent as "maybeSent", w.lease_token as "leaseToken", ${at('w.lease_until', 'leaseUntil')},
    w.priority
  from work w where w.step_id in (select id from step where application_id = ${CASE_ID}) order by w.step_id, w.kind`;

const STEPS = `select s.id, s.newborn_index as "newbornIndex", s.code, s.qualifier, s.agency,
    s.office_code as "officeCode", s.office_kind as "officeKind", s.accepting_office as "acceptingOffice",
    s.assigned_from as "assignedFrom",
    s.duty, s.coordinated_check as "coordinatedCheck", s.channel, s.mode, s.route, s.papers, s.state,
    s.reason, s.owner, s.holds, s.basis, s.insured, s.generation, s.sent_generation as "sentGeneration",
    s.has_receipt as "hasReceipt", ${at('s.delivered_at', 'deliveredAt')}, s.source, s.promise, s.promised_on::text as "promisedOn", s.statutory,
    s.last_answer_order as "lastAnswerOrder", ${at('s.correction_due_at', 'correctionDueAt')},
    ${at('s.withdrawal_requested_at', 'withdrawalRequestedAt')}, ${at('s.timers_fired_until', 'timersFiredUntil')},
    s.version, x.receipt, x.earlier_receipt, x.agency_text
  from step s left join step_secret x on x.step_id = s.id where s.application_id = ${CASE_ID}
  order by s.newborn_index, s.id`;

const NEWBORNS = `select n.index, n.born_on::text as "bornOn", ${at('n.timers_fired_until', 'timersFiredUntil')},
    ${at('n.death_reported_at', 'deathReportedAt')}, ${at('n.death_retracted_at', 'deathRetractedAt')},
    n.in_hospital as "inHospital", n.papers, n.deliveries
  from newborn n where n.application_id = ${CASE_ID} order by n.index`;

const SECTIONS = `select f.newborn_index, f.section, f.sealed from form_section f
  where f.application_id = ${CASE_ID} and ($3::text[] is null or f.section = any ($3))`;

const CONSENTS = `select c.id, c.parent, c.purposes, c.state, ${at('c.asked_at', 'askedAt')},
    ${at('c.expires_at', 'expiresAt')}, ${at('c.answered_at', 'answeredAt')}, c.via, c.reason
  from consent c where c.application_id = ${CASE_ID} order by c.id`;

/**
 * One round trip. Under READ COMMITTED each of its statements takes a new snapshot, so what is read after the wait for
 * the lock is what the previous holder committed.
 */
export async function loadCase(client: Transaction, query: CaseQuery): Promise<CaseRows | null> {
  const ids = [query.applicationId, query.stepId];
  const locking = query.isLocking ? ' for no key update of a' : '';
  const working = query.isLocking ? ' for update of w' : '';
  const name = (table: string): string => `load_${table}${query.isLocking ? '_locked' : ''}`;
  const answers = await client.together([
    { name: name('application'), text: APPLICATION + locking, values: ids },
    { name: name('work'), text: WORK + working, values: ids },
    { name: 'load_steps', text: STEPS, values: ids },
    { name: 'load_newborns', text: NEWBORNS, values: ids },
    { name: 'load_sections', text: SECTIONS, values: [...ids, query.sections] },
    ...(query.sections === null ? [{ name: 'load_consents', text: CONSENTS, values: ids }] : []),
  ]);
  const [applications, work, steps, newborns, sections, consents] = answers.map(({ rows }) => rows);
  const application = applications?.[0] as ApplicationRow | undefined;
  if (application === undefined) return null;
  return {
    application,
    work: work as WorkRecord[],
    steps: steps as StepRow[],
    newborns: newborns as NewbornState[],
    sections: sectionCells(sections as SectionRow[]),
    consents: (consents ?? []) as ConsentRow[],
  };
}

export const sectionCells = (rows: readonly SectionRow[]): SealedSections =>
  Object.fromEntries(rows.map((row) => [`${row.newborn_index}/${row.section}`, row.sealed]));
