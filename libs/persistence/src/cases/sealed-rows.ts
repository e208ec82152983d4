import type { CaseWrite, ChainedExchange, SectionName, SectionWrite, StepSecretWrite } from '@birth/application';
import type { Statement } from '../batch';
import { referenceToken } from '../inbox/reference-token';
import type { CaseSeal } from '../sealing/case-seal';
import type { KeyRing } from '../sealing/key-ring';
import { takeTokens } from './newborn-tokens';
import { type Columns, moment, replacing, rowWriter } from './row-writer';
import { type StoredCase, sectionRow } from './stored-case';

export interface Sealing {
  seal: CaseSeal;
  keys: KeyRing;
  /** null for a new case. */
  loaded: StoredCase | null;
}

type Exchange = Omit<ChainedExchange, 'request' | 'reply'> & { bodies: Buffer };
export interface ExchangeBodies {
  request: string;
  reply: string | null;
  /** Missing in exchanges that were kept before they had digests. */
  salt?: string;
  requestBytes?: string;
  replyBytes?: string;
}
interface Section {
  newbornIndex: number;
  section: SectionName;
  sealed: Buffer;
}
interface Secrets {
  stepId: string;
  receipt: Buffer | null;
  earlierReceipt: Buffer | null;
  agencyText: Buffer | null;
}
interface Token {
  kind: string;
  token: Buffer;
  stepId: string;
  generation: number;
}

const SEALED: Columns<Section> = [['sealed', (row) => row.sealed]];
const putSection = rowWriter<Section>(
  'form_section',
  [
    ['application_id', (_, caseId) => caseId],
    ['newborn_index', (row) => row.newbornIndex],
    ['section', (row) => row.section],
    ...SEALED,
  ],
  replacing('application_id, newborn_index, section', SEALED),
);

const SECRETS: Columns<Secrets> = [
  ['receipt', (row) => row.receipt],
  ['earlier_receipt', (row) => row.earlierReceipt],
  ['agency_text', (row) => row.agencyText],
];
const putSecrets = rowWriter<Secrets>(
  'step_secret',
  [['step_id', (row) => row.stepId], ...SECRETS],
  replacing('step_id', SECRETS),
);

const putExchange = rowWriter<Exchange>('exchange', [
  ['id', (row) => row.id],
  ['application_id', (_, caseId) => caseId],
  ['step_id', (row) => row.stepId],
  ['generation', (row) => row.generation],
  ['direction', (row) => row.direction],
  ['method', (row) => row.method],
  ['path', (row) => row.path],
  ['status', (row) => row.status],
  ['started_at', (row) => moment(row.startedAt)],
  ['duration_ms', (row) => row.durationMs],
  ['agency_ms', (row) => row.agencyMs],
  ['key_id', (row) => row.keyId],
  ['reply_key_id', (row) => row.replyKeyId],
  ['bodies', (row) => row.bodies],
  ['seq', (row) => row.seq],
  ['request_digest', (row) => row.requestDigest],
  ['reply_digest', (row) => row.replyDigest],
  ['previous_hash', (row) => row.previousHash],
  ['hash', (row) => row.hash],
]);

const putToken = rowWriter<Token>(
  'lookup_token',
  [
    ['kind', (row) => row.kind],
    ['token', (row) => row.token],
    ['application_id', (_, caseId) => caseId],
    ['step_id', (row) => row.stepId],
    ['generation', (row) => row.generation],
  ],
  'on conflict do nothing',
);

/** Everything of a decision that names a person: sealed under the case's key, or a keyed token. */
export function sealedStatements(write: CaseWrite, caseId: string, sealing: Sealing): Statement[] {
  const { seal, keys } = sealing;
  const newbornTokens = write.newbornTokens.map((text) => keys.token('newborn', text));
  return [
    ...write.sections.map((section) => putSection(sealSection(section, sealing), caseId)),
    ...write.secrets.map((secret) => putSecrets(sealSecrets(secret, sealing), caseId)),
    ...write.exchanges.map((exchange) => putExchange({ ...exchange, bodies: sealBodies(exchange, seal) }, caseId)),
    ...(newbornTokens.length === 0 ? [] : [takeTokens(newbornTokens, caseId)]),
    ...write.receiptTokens.map(({ stepId, agency, receipt, generation }) =>
      putToken({ ...referenceToken(keys, agency, { receipt }), stepId, generation }, caseId),
    ),
  ];
}

/** What was said, and what it takes to recompute its digests. */
function sealBodies({ id, request, reply, salt, requestBytes, replyBytes }: ChainedExchange, seal: CaseSeal): Buffer {
  const bodies: ExchangeBodies = {
    request,
    reply,
    salt: salt.toString('base64'),
    ...(requestBytes === undefined ? {} : { requestBytes: requestBytes.toString('base64') }),
    ...(replyBytes === undefined ? {} : { replyBytes: replyBytes.toString('base64') }),
  };
  return seal.seal('exchange', 'bodies', id, bodies);
}

function sealSection({ newbornIndex, section, value }: SectionWrite, { seal, loaded }: Sealing): Section {
  const row = sectionRow(newbornIndex, section);
  const merged =
    section === 'results' && loaded !== null && newbornIndex !== null
      ? { ...loaded.open(newbornIndex, ['results']).results, ...(value as object) }
      : value;
  return {
    newbornIndex: Number(row.split('/')[0]),
    section,
    sealed: seal.seal('form_section', 'sealed', row, merged),
  };
}

/** Columns that are not named keep what they have: they are sealed again as they were. */
function sealSecrets({ stepId, ...changes }: StepSecretWrite, { seal, loaded }: Sealing): Secrets {
  const kept = loaded?.openStep(stepId) ?? { receipt: null, earlierReceipt: null, agencyText: null };
  const values = { ...kept, ...changes };
  const cell = (column: keyof typeof values) =>
    values[column] === null ? null : seal.seal('step_secret', column, stepId, values[column]);
  return { stepId, receipt: cell('receipt'), earlierReceipt: cell('earlierReceipt'), agencyText: cell('agencyText') };
}
