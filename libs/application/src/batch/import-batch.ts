import type { Office } from '@birth/domain';
import { type Clock, CLOCK, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { inboxRow, incomingExchange, readOrKeep } from '../agency/incoming';
import { TakeAnswer } from '../agency/take-answer';
import { readWorklistAnswer } from '../agency/worklist-answer';
import type { Clerk } from '../clerk/clerk-steps';
import { type County, COUNTY } from '../county';
import {
  BATCH_STORE,
  type BatchOutcome,
  type BatchStore,
  FILE_VERIFIER,
  type FileVerifier,
  type LineRejected,
} from '../ports/batch-store';
import { INBOX_STORE, type InboxStore } from '../ports/inbox-store';
import { WORKLIST_READS, type WorklistReads } from '../ports/reads';
import type { BatchImported } from '../shapes/batch-shapes';
import { ANSWER_COLUMNS, answerOfLine } from './answer-line';
import { type BatchFile, type BatchFault, readBatch } from './batch-file';
import { digestOf } from './export-batch';
import { BEHIND_BOUNDARY, officeInScope } from './offices-of-batches';

type Line = { cells: readonly string[]; line: number; columns: readonly string[] };
type Task = NonNullable<Awaited<ReturnType<WorklistReads['task']>>>;
type Taken = 'taken' | 'duplicate' | LineRejected;

/**
 * Takes a file of answers: as a whole it is taken or refused by number, control total and signature; then each line for
 * itself, the way a callback goes. The same file again changes nothing and is told the same.
 */
@Injectable()
export class ImportBatch {
  constructor(
    @Inject(COUNTY) private readonly county: County,
    @Inject(BATCH_STORE) private readonly batches: BatchStore,
    @Inject(FILE_VERIFIER) private readonly verifier: FileVerifier,
    @Inject(WORKLIST_READS) private readonly worklist: WorklistReads,
    @Inject(INBOX_STORE) private readonly inbox: InboxStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly takeAnswer: TakeAnswer,
  ) {}

  async execute(clerk: Clerk, officeCode: string, bytes: Buffer): Promise<BatchImported> {
    const office = officeInScope(this.county, clerk.scope, officeCode);
    const file = this.read(office, bytes);
    const { number } = file.head;
    const digest = digestOf(bytes);
    const before = await this.mustBeNext(officeCode, number, digest);
    if (before !== null) return { officeCode, number, isRepeated: true, ...before };
    const outcome = await this.takeLines(office, file);
    const record = { officeCode, direction: 'import', number, digest, by: clerk.subject } as const;
    await this.batches.record({ ...record, at: this.clock.now(), outcome });
    return { officeCode, number, isRepeated: false, ...outcome };
  }

  private read({ code, agency }: Office, bytes: Buffer): BatchFile {
    const file = readBatch(bytes, ANSWER_COLUMNS);
    if (typeof file === 'string') throw refused(file);
    const { head, signature } = file;
    if (head.direction !== 'import' || head.officeCode !== code) throw refused('other_office');
    if (signature === null) {
      if (BEHIND_BOUNDARY.has(agency)) throw refused('signature_missing');
      return file;
    }
    const { keyId, signed, value } = signature;
    if (!this.verifier.isSigned(agency, keyId, signed, Buffer.from(value, 'base64'))) throw refused('signature_wrong');
    return file;
  }

  /** What was told of the same file before; null: it is the next one. */
  private async mustBeNext(officeCode: string, number: number, digest: Buffer): Promise<BatchOutcome | null> {
    const known = await this.batches.find(officeCode, 'import', number);
    if (known?.digest.equals(digest) === true) return known.outcome;
    const expected = (await this.batches.last(officeCode, 'import')) + 1;
    const extra = { expectedNumber: expected, givenNumber: number };
    if (number < expected) throw new Problem(409, 'batch_number_used', { extra });
    if (number > expected) throw new Problem(409, 'batch_number_gap', { extra });
    return null;
  }

  private async takeLines(office: Office, { head, columns, lines }: BatchFile): Promise<BatchOutcome> {
    const rejected: LineRejected[] = [];
    const counts = { taken: 0, duplicates: 0 };
    for (const [index, cells] of lines.entries()) {
      const taken = await this.takeLine(office, head.number, { cells, line: index + 1, columns });
      if (taken === 'taken') counts.taken += 1;
      else if (taken === 'duplicate') counts.duplicates += 1;
      else rejected.push(taken);
    }
    return { lines: lines.length, ...counts, rejected };
  }

  private async takeLine(office: Office, number: number, { cells, line, columns }: Line): Promise<Taken> {
    const reject = (code: LineRejected['code'], field: string | null = null): LineRejected => ({ line, code, field });
    const messageId = `batch:${office.code}:${number}:${line}`;
    const task = await this.taskOf(office, cells[0] ?? '');
    if (task === null) return reject('task_unknown');
    const body = answerOfLine(cells, messageId, columns);
    if (body === null) return reject('line_unreadable', 'results');
    try {
      const outcome = await this.takeAnswerOf(office, task, { messageId, body });
      return typeof outcome === 'string' ? outcome : reject(outcome.code);
    } catch (error) {
      if (error instanceof Problem) return reject('bad_message', error.options.errors?.[0]?.pointer ?? null);
      throw error;
    }
  }

  /** As a callback goes: unreadable it stays as evidence, else inbox row and answer are one transaction. */
  private async takeAnswerOf(
    { agency }: Office,
    task: Task,
    { messageId, body }: { messageId: string; body: Buffer },
  ): Promise<'taken' | 'duplicate' | Pick<LineRejected, 'code'>> {
    const incoming = { agency, body, keyId: 'batch', nonce: messageId, receivedAt: this.clock.now() };
    const { answer } = await readOrKeep(this.inbox, incoming, (bytes) => readWorklistAnswer(bytes, task));
    const about = { stepId: task.stepId, generation: task.generation };
    const raw = { method: 'FILE', url: `/${messageId.replaceAll(':', '/')}`, body };
    const { outcome } = await this.takeAnswer.execute({
      ...{ ...about, via: 'worklist', answer, by: { actor: 'agency', actorId: agency } },
      once: inboxRow(incoming, messageId),
      exchanges: [incomingExchange(about, raw, incoming)],
    });
    if (outcome === 'unknown_case') return { code: 'case_unknown' };
    if (outcome === 'reused') return { code: 'taken_otherwise' };
    return outcome === 'duplicate' ? 'duplicate' : 'taken';
  }

  private async taskOf({ agency, code }: Office, taskId: string): Promise<Task | null> {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(taskId)) return null;
    const task = await this.worklist.task(taskId);
    return task?.agency === agency && task.officeCode === code ? task : null;
  }
}

/** Nothing of the file was taken; what is wrong is named. */
const refused = (fault: BatchFault | 'other_office' | 'signature_missing' | 'signature_wrong'): Problem =>
  new Problem(422, 'batch_refused', { errors: [{ pointer: '/file', code: fault }] });
