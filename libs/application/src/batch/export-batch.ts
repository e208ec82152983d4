import type { Office } from '@birth/domain';
import { type Clock, CLOCK, Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { Clerk } from '../clerk/clerk-steps';
import { type County, COUNTY } from '../county';
import { BATCH_STORE, type BatchStore, FILE_SIGNER, type FileSigner } from '../ports/batch-store';
import { WORKLIST_READS, type WorklistItem, type WorklistReads } from '../ports/reads';
import type { BatchExported, BatchNumbers } from '../shapes/batch-shapes';
import { iso } from '../views/moments';
import { TASK_COLUMNS } from './answer-line';
import { BATCH_LINES, controlTotal, withSignature, writeBatch } from './batch-file';
import { officeInScope } from './offices-of-batches';

/** A numbered and signed file with all that waits for an office's answer; what was not answered is in the next one too. */
@Injectable()
export class ExportBatch {
  constructor(
    @Inject(COUNTY) private readonly county: County,
    @Inject(WORKLIST_READS) private readonly worklist: WorklistReads,
    @Inject(BATCH_STORE) private readonly batches: BatchStore,
    @Inject(FILE_SIGNER) private readonly signer: FileSigner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(clerk: Clerk, officeCode: string): Promise<BatchExported> {
    const office = officeInScope(this.county, clerk.scope, officeCode);
    const { items } = await this.worklist.open(office.agency, officeCode, null, BATCH_LINES);
    const number = (await this.batches.last(officeCode, 'export')) + 1;
    const at = this.clock.now();
    const file = this.signed(office, { number, at }, items);
    const record = { officeCode, direction: 'export', number, digest: digestOf(file), by: clerk.subject, at } as const;
    const outcome = { lines: items.length, taken: 0, duplicates: 0, rejected: [] };
    if (!(await this.batches.record({ ...record, outcome }))) throw new Problem(412, 'version_conflict');
    const total = controlTotal(items.map(({ id }) => id));
    return { officeCode, number, lines: items.length, controlTotal: total, file: file.toString('base64') };
  }

  /** Which numbers are next, and by what key our files are signed. */
  async numbers({ scope }: Clerk, officeCode: string): Promise<BatchNumbers> {
    officeInScope(this.county, scope, officeCode);
    const [exported, imported] = await Promise.all([
      this.batches.last(officeCode, 'export'),
      this.batches.last(officeCode, 'import'),
    ]);
    return { officeCode, nextExport: exported + 1, nextImport: imported + 1, key: { ...this.signer.publicKey() } };
  }

  private signed(
    { code }: Office,
    { number, at }: { number: number; at: number },
    items: readonly WorklistItem[],
  ): Buffer {
    const head = { direction: 'export', officeCode: code, number, writtenAt: iso(at) } as const;
    const bytes = writeBatch(head, TASK_COLUMNS, items.map(lineOf));
    const { keyId, signature } = this.signer.sign(bytes);
    return withSignature(bytes, keyId, signature);
  }
}

export const digestOf = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

const lineOf = ({ id, code, qualifier, key, caseNumber, dueAt, payload }: WorklistItem): string[] => [
  ...[id, code, qualifier, key, caseNumber, iso(dueAt), JSON.stringify(payload)],
];
