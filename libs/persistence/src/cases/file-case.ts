import type { FileOutcome, FileRequest, Hint, IdentityPaper } from '@birth/application';
import { formatCaseNumber, toShanghaiDate } from '@birth/standards';
import type { Database } from '../database';
import type { KeyRing } from '../sealing/key-ring';
import { inProgressAs409, type OnceRows } from './once-rows';
import { closesCase, isOfferedAtOnce, writeJson, type WriteOptions } from './write-json';
import type { Transaction } from '../transaction';

interface Parts {
  database: Database;
  keys: KeyRing;
  onceRows: OnceRows;
}

interface Holder {
  applicationId: string;
  caseNumber: string;
  subject: string;
}

type Begun =
  { outcome: 'known' } | { outcome: 'duplicate'; holder: Holder | null } | { outcome: 'free'; sequence: number };

/** One transaction: once row and newborn tokens first, then the whole case; 409 material when the newborn is known. */
export function fileCase(request: FileRequest, parts: Parts): Promise<FileOutcome> {
  return parts.database.transaction<FileOutcome>(async (client) => {
    const begun = await begin(client, request, parts);
    if (begun.outcome === 'known') {
      const response = await parts.onceRows.stored(client, request.once);
      return { commit: false, value: { outcome: 'replayed', response } };
    }
    if (begun.outcome === 'duplicate') return { commit: false, value: duplicate(begun.holder) };
    return { commit: true, value: await insert(client, request, parts, begun.sequence) };
  });
}

async function begin(client: Transaction, request: FileRequest, { keys, onceRows }: Parts): Promise<Begun> {
  const { subjectHash, keyHmac, bodyHmac } = onceRows.digests(request.once);
  const tokens = [...new Set(request.duplicateTokens)].map((text) => keys.token('newborn', text).toString('base64'));
  const json = {
    applicationId: request.applicationId,
    subjectHash: subjectHash.toString('base64'),
    route: request.once.route,
    keyHmac: keyHmac.toString('base64'),
    bodyHmac: bodyHmac.toString('base64'),
    tokens,
  };
  const begun = await inProgressAs409(() =>
    client.query<{ begun: Begun }>({ name: 'file_begin', text: 'select file_begin($1) as begun', values: [json] }),
  );
  const row = begun.rows[0];
  if (row === undefined) throw new Error('file_begin returned nothing');
  return row.begun;
}

/** The holder may have closed between the insert and the look: then the family simply tries again. */
function duplicate(holder: Holder | null): FileOutcome {
  if (holder === null) throw Object.assign(new Error('newborn token raced'), { code: '40P01' });
  const { applicationId, caseNumber, subject } = holder;
  return { outcome: 'duplicate_newborn', applicationId, caseNumber, applicantSubject: subject };
}

const motherToken = (mother: IdentityPaper | null, keys: KeyRing): string | null =>
  mother === null ? null : (keys.paper('mother', mother)?.toString('base64') ?? null);

async function insert(client: Transaction, request: FileRequest, parts: Parts, sequence: number): Promise<FileOutcome> {
  const date = toShanghaiDate(request.filedAt).replaceAll('-', '');
  const caseNumber = formatCaseNumber({ date, sequence });
  const response = request.respond(caseNumber);
  const { seal, wrapped } = parts.keys.newCase(request.applicationId);
  const { subjectHash, keyHmac } = parts.onceRows.digests(request.once);
  const options: WriteOptions = {
    now: request.filedAt,
    visibilityMs: request.visibilityMs,
    offerable: request.offerable ?? (() => false),
    chain: { seq: 0, head: Buffer.alloc(32) },
    isClosed: closesCase(request.write, null),
  };
  const write = { ...request.write, sections: request.sections, consentRequests: request.consents };
  const json = {
    id: request.applicationId,
    caseNumber,
    channel: request.channel,
    subject: request.applicantSubject,
    definitionVersion: request.definitionVersion,
    filedAt: request.filedAt,
    queryPasswordHash: request.queryPasswordHash,
    wrapped: wrapped.toString('base64'),
    subjectHash: subjectHash.toString('base64'),
    route: request.once.route,
    keyHmac: keyHmac.toString('base64'),
    response: parts.onceRows.sealResponse(request.once, response).toString('base64'),
    newborns: request.newborns.map((newborn, index) => ({
      ...newborn,
      birthRecordId: request.birthRecordIds[index] ?? null,
      motherToken: motherToken(request.recordOwedTo[index] ?? null, parts.keys),
    })),
    write: writeJson({ ...write, newborns: [] }, { seal, keys: parts.keys, loaded: null }, options),
  };
  const stored = await client.last<{ hints: Hint[] }>({
    name: 'file_case',
    text: 'select file_case($1) as hints',
    values: [json],
  });
  const fast = new Set(
    write.putWork.filter((row) => isOfferedAtOnce(row, options)).map((row) => `${row.stepId}/${row.kind}`),
  );
  const hints = (stored.rows[0]?.hints ?? []).filter((hint) => fast.has(`${hint.stepId}/${hint.kind}`));
  return { outcome: 'filed', caseNumber, response, hints };
}
