import {
  CHAIN_START,
  type CaseWrite,
  type DuplicateNewborn,
  type FileOutcome,
  type FileRequest,
} from '@birth/application';
import type { NewbornState } from '@birth/domain';
import { formatCaseNumber, toShanghaiDate } from '@birth/standards';
import type { Statement } from '../batch';
import type { Database } from '../database';
import type { CaseSeal } from '../sealing/case-seal';
import type { KeyRing } from '../sealing/key-ring';
import type { Transaction } from '../transaction';
import { findHolder, takeTokens } from './newborn-tokens';
import { inProgressAs409, type OnceRows } from './once-rows';
import { moment } from './row-writer';
import { closesCase, offeredHints, writeStatements, type WriteOptions } from './write-case';

interface Parts {
  database: Database;
  keys: KeyRing;
  onceRows: OnceRows;
}

type Begun =
  { outcome: 'known' } | { outcome: 'record_changed' } | DuplicateNewborn | { outcome: 'free'; sequence: number };

/** One transaction: once row and newborn tokens first, then the whole case; 409 material when the newborn is known. */
export function fileCase(request: FileRequest, parts: Parts): Promise<FileOutcome> {
  return parts.database.transaction<FileOutcome>(async (client) => {
    const begun = await begin(client, request, parts);
    if (begun.outcome === 'known') {
      const response = await parts.onceRows.stored(client, request.once);
      return { commit: false, value: { outcome: 'replayed', response } };
    }
    if (begun.outcome === 'duplicate_newborn') return { commit: false, value: begun };
    if (begun.outcome === 'record_changed') return { commit: false, value: begun };
    return { commit: true, value: await insert(client, request, parts, begun.sequence) };
  });
}

/** The number of the day is drawn only for a newborn that nobody filed for. */
const drawNumber = (caseId: string, wanted: number): Statement => ({
  name: 'draw_case_number',
  text: `select nextval('case_sequence') as sequence
    where (select count(*) from lookup_token where application_id = $1 and kind = 'newborn') = $2`,
  values: [caseId, wanted],
});

/** So that a hospital's word comes before the plan, or finds the case that uses the record. */
const lockRecords = (records: FileRequest['birthRecords']): Statement => ({
  name: 'lock_used_records',
  text: 'select id, outcome from birth_record where id = any ($1) order by id for no key update',
  values: [records.flatMap((record) => (record === null ? [] : [record.id]))],
});

const saysOtherwise = (records: FileRequest['birthRecords'], rows: readonly Record<string, unknown>[]): boolean =>
  records.some(
    (record) => record !== null && rows.some((row) => row['id'] === record.id && row['outcome'] !== record.outcome),
  );

async function begin(client: Transaction, request: FileRequest, { keys, onceRows }: Parts): Promise<Begun> {
  const { applicationId, once, duplicateTokens, birthRecords } = request;
  const tokens = [...new Set(duplicateTokens)].map((text) => keys.token('newborn', text));
  const [taken, , drawn, outcomes] = await inProgressAs409(() =>
    client.together([
      onceRows.take(once),
      takeTokens(tokens, applicationId),
      drawNumber(applicationId, tokens.length),
      lockRecords(birthRecords),
    ]),
  );
  if (taken?.rowCount !== 1) return { outcome: 'known' };
  const sequence = drawn?.rows[0]?.['sequence'] as string | undefined;
  if (sequence !== undefined) {
    return saysOtherwise(birthRecords, outcomes?.rows ?? [])
      ? { outcome: 'record_changed' }
      : { outcome: 'free', sequence: Number(sequence) };
  }
  const holder = await findHolder(client, tokens, applicationId);
  // the holder closed between the insert and the look: the family's filing is tried again
  if (holder === null) throw Object.assign(new Error('newborn token raced'), { code: '40P01' });
  return holder;
}

async function insert(client: Transaction, request: FileRequest, parts: Parts, sequence: number): Promise<FileOutcome> {
  const { applicationId: id, filedAt } = request;
  const caseNumber = formatCaseNumber({ date: toShanghaiDate(filedAt).replaceAll('-', ''), sequence });
  const response = request.respond(caseNumber);
  const { seal, wrapped } = parts.keys.newCase(id);
  const options: WriteOptions = {
    now: filedAt,
    visibilityMs: request.visibilityMs,
    offerable: request.offerable ?? (() => false),
    chain: CHAIN_START,
    exchangeChain: CHAIN_START,
    isClosed: closesCase(request.write, null),
  };
  const write: CaseWrite = {
    ...request.write,
    newborns: [],
    sections: request.sections,
    consentRequests: request.consents,
  };
  const answers = await client.last([
    putApplication(request, caseNumber),
    putCaseKey(id, wrapped),
    ...request.newborns.flatMap((newborn) => newbornStatements(newborn, request, parts.keys)),
    parts.onceRows.keepResponse(request.once, response),
    ...portalStatements(request, parts.onceRows, seal),
    ...writeStatements(write, id, { seal, keys: parts.keys, loaded: null }, options),
  ]);
  return { outcome: 'filed', caseNumber, response, hints: offeredHints(answers, write, options) };
}

/** What the portal calls the case, and its message under the case's key from now on. */
function portalStatements({ portal, applicationId: id, filedAt }: FileRequest, once: OnceRows, seal: CaseSeal) {
  if (portal === undefined) return [];
  const put: Statement = {
    name: 'put_portal_case',
    text: 'insert into portal_case (application_id, case_number, sealed, filed_at) values ($1, $2, $3, $4)',
    values: [id, portal.caseNumber, seal.seal('portal_case', 'sealed', id, portal.filed), moment(filedAt)],
  };
  return [put, once.dispose(portal.message, { disposition: 'applied', stepId: null, seal })];
}

const putApplication = (request: FileRequest, caseNumber: string): Statement => ({
  name: 'put_application',
  text: `insert into application (id, case_number, status, channel, applicant_subject, definition_version, filed_at,
      event_seq, chain_head, query_password_hash) values ($1, $2, $3, $4, $5, $6, $7, 0, '', $8)`,
  values: [
    request.applicationId,
    caseNumber,
    request.write.status,
    request.channel,
    request.applicantSubject,
    request.definitionVersion,
    moment(request.filedAt),
    request.queryPasswordHash,
  ],
});

const putCaseKey = (id: string, wrapped: Buffer): Statement => ({
  name: 'put_case_key',
  text: `insert into case_key (case_id, kek_id, wrapped) values ($1, 'master', $2)`,
  values: [id, wrapped],
});

/** The newborn, and that its record is used. */
function newbornStatements(newborn: NewbornState, request: FileRequest, keys: KeyRing): Statement[] {
  const { applicationId: id, birthRecords, recordOwedTo } = request;
  const recordId = birthRecords[newborn.index]?.id ?? null;
  const mother = recordOwedTo[newborn.index] ?? null;
  const put: Statement = {
    name: 'put_newborn',
    text: `insert into newborn (application_id, index, born_on, birth_record_id, mother_token, timers_fired_until,
        death_reported_at, papers, deliveries, in_hospital) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [
      id,
      newborn.index,
      newborn.bornOn,
      recordId,
      mother === null ? null : keys.paper('mother', mother),
      moment(newborn.timersFiredUntil),
      moment(newborn.deathReportedAt),
      JSON.stringify(newborn.papers),
      JSON.stringify(newborn.deliveries),
      newborn.inHospital,
    ],
  };
  const use: Statement = {
    name: 'use_record',
    text: 'update birth_record set application_id = $1 where id = $2',
    values: [id, recordId],
  };
  return recordId === null ? [put] : [put, use];
}
