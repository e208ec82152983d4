import type { CaseWrite, SectionWrite, StepSecretWrite, TaskWrite, WorkWrite } from '@birth/application';
import { isTerminal } from '@birth/domain';
import { referenceToken } from '../inbox/reference-token';
import type { CaseSeal } from '../sealing/case-seal';
import type { KeyRing } from '../sealing/key-ring';
import { peopleJson } from './people-json';
import { type StoredCase, sectionRow } from './stored-case';

export interface WriteOptions {
  now: number;
  visibilityMs: number;
  offerable: (queue: string) => boolean;
  chain: { seq: number; head: Buffer };
  isClosed: boolean;
}

interface Sealing {
  seal: CaseSeal;
  keys: KeyRing;
  /** null for a new case. */
  loaded: StoredCase | null;
}

const base64 = (bytes: Buffer): string => bytes.toString('base64');

/** A decision in the shape that write_case() stores; empty parts are left out. */
export function writeJson(write: CaseWrite, sealing: Sealing, options: WriteOptions): Record<string, unknown> {
  const last = write.events.at(-1);
  return {
    now: options.now,
    status: write.status,
    seq: last?.seq ?? options.chain.seq,
    head: base64(last?.hash ?? options.chain.head),
    isClosed: options.isClosed,
    releaseTokens: write.releaseTokens,
    ...some('newborns', write.newborns),
    ...some('steps', write.steps),
    ...some(
      'work',
      write.putWork.map((row) => workJson(row, options)),
    ),
    ...some('dropWork', write.deleteWork),
    ...some(
      'events',
      write.events.map((event) => ({ ...event, previousHash: base64(event.previousHash), hash: base64(event.hash) })),
    ),
    ...some('closeTasks', write.closeTasks),
    ...some('takenRecords', write.takenRecords),
    ...some(
      'tasks',
      write.openTasks.map((task) => taskJson(task, write, sealing)),
    ),
    ...sealedJson(write, sealing),
    ...peopleJson(write, sealing),
  };
}

const some = (name: string, items: readonly unknown[]): Record<string, unknown> =>
  items.length === 0 ? {} : { [name]: items };

/** Rows that are offered right after the commit fall due again only when that offer is lost. */
function workJson(row: WorkWrite, options: WriteOptions): Record<string, unknown> {
  return isOfferedAtOnce(row, options) ? { ...row, dueAt: options.now + options.visibilityMs } : { ...row };
}

export function isOfferedAtOnce(row: WorkWrite, { now, offerable }: WriteOptions): boolean {
  const isFast = row.kind === 'CALL' || row.kind === 'WITHDRAW';
  return isFast && row.renewOffer && row.leaseToken === null && row.dueAt <= now && offerable(row.queue);
}

function taskJson(task: TaskWrite, write: CaseWrite, { seal, loaded }: Sealing): Record<string, unknown> {
  const steps = [...write.steps, ...(loaded?.state.steps ?? [])];
  const { payload, ...rest } = task;
  const sealed = payload === undefined ? null : base64(seal.seal('human_task', 'payload', task.id, payload));
  return { ...rest, payload: sealed, generation: steps.find((step) => step.id === task.stepId)?.generation ?? null };
}

function sealedJson(write: CaseWrite, sealing: Sealing): Record<string, unknown> {
  const sealed = {
    ...some(
      'sections',
      write.sections.map((section) => sectionJson(section, sealing)),
    ),
    ...some(
      'secrets',
      write.secrets.map((secret) => secretJson(secret, sealing)),
    ),
    ...some(
      'exchanges',
      write.exchanges.map(({ request, reply, ...exchange }) => ({
        ...exchange,
        bodies: base64(sealing.seal.seal('exchange', 'bodies', exchange.id, { request, reply })),
      })),
    ),
    ...some(
      'newbornTokens',
      write.newbornTokens.map((text) => base64(sealing.keys.token('newborn', text))),
    ),
    ...some(
      'receiptTokens',
      write.receiptTokens.map(({ stepId, agency, receipt, generation }) => {
        const { kind, token } = referenceToken(sealing.keys, agency, { receipt });
        return { stepId, generation, kind, token: base64(token) };
      }),
    ),
  };
  return Object.keys(sealed).length === 0 ? {} : { sealed };
}

function sectionJson({ newbornIndex, section, value }: SectionWrite, { seal, loaded }: Sealing) {
  const row = sectionRow(newbornIndex, section);
  const merged =
    section === 'results' && loaded !== null && newbornIndex !== null
      ? { ...loaded.open(newbornIndex, ['results']).results, ...(value as object) }
      : value;
  return {
    newbornIndex: Number(row.split('/')[0]),
    section,
    sealed: base64(seal.seal('form_section', 'sealed', row, merged)),
  };
}

/** Columns that are not named keep what they have: they are sealed again as they were. */
function secretJson({ stepId, ...changes }: StepSecretWrite, { seal, loaded }: Sealing): Record<string, unknown> {
  const kept = loaded?.openStep(stepId) ?? { receipt: null, earlierReceipt: null, agencyText: null };
  const values = { ...kept, ...changes };
  const cell = (column: keyof typeof values) =>
    values[column] === null ? null : base64(seal.seal('step_secret', column, stepId, values[column]));
  return {
    stepId,
    receipt: cell('receipt'),
    earlierReceipt: cell('earlierReceipt'),
    agencyText: cell('agencyText'),
  };
}

/** No open step is left after this write. */
export function closesCase(write: CaseWrite, loaded: StoredCase | null): boolean {
  const changed = new Map(write.steps.map((step) => [step.id, step]));
  const untouched = (loaded?.state.steps ?? []).filter((step) => !changed.has(step.id));
  return [...changed.values(), ...untouched].every((step) => isTerminal(step.state));
}
