import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';
import type { Agency } from '../agencies';
import { Desks } from '../offices/desks';
import { OfficeBooks } from '../offices/office-books';
import type { TaskCase } from '../offices/task-facts';
import { SandboxConfig } from '../sandbox.config';
import { RegularLook } from '../wire/regular-look';
import { readTask } from '../worklist/worklist-task';
import { rowAnswer } from './row-answer';

interface Row {
  third_party_id: string;
  agency: Agency;
  office_code: string;
  step_code: string;
  qualifier: string;
  content: unknown;
  flag: string | null;
}

const OPEN = `select third_party_id, agency, office_code, step_code, qualifier, content, flag
  from exchange.step_request
  where agency || ':' || office_code = any($1) and (flag is null or flag = '0') and content is not null
  order by written_at`;
const ANSWER = `update exchange.step_request
  set flag = $2, flag_at = $3, receipt = $4, error_text = $5, error_fields = $6, result = $7, refusal = $8
  where third_party_id = $1 and (flag is null or flag = '0')`;

/** The agencies' side of the exchange table, with a database role of its own (docs/agencies/exchange-table.md). */
@Injectable()
export class TableAnswerer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly offices: readonly string[];
  private readonly written = new Map<string, number>();
  private readonly pool: Pool;
  private readonly looks = new RegularLook(() => this.look());

  constructor(
    desks: Desks,
    private readonly config: SandboxConfig,
    private readonly books: OfficeBooks,
  ) {
    this.offices = desks.of('exchange_table').map(({ agency, office }) => `${agency}:${office}`);
    this.pool = new Pool({ connectionString: config.SANDBOX_EXCHANGE_URL, max: 1 });
    this.pool.on('error', () => undefined);
  }

  onApplicationBootstrap(): void {
    if (this.offices.length > 0) this.looks.start(this.config.SANDBOX_PACE_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    this.looks.stop();
    await this.pool.end();
  }

  /** While the table is away, or not there yet, nothing is lost: the next look finds the same rows. */
  private async look(): Promise<void> {
    try {
      const { rows } = await this.pool.query<Row>(OPEN, [this.offices]);
      for (const row of rows) await this.answer(row);
    } catch {
      // looked at again a pace later
    }
  }

  private async answer(row: Row): Promise<void> {
    const record = this.take(row);
    if (record === null || (row.flag !== null && this.written.get(row.third_party_id) === record.sequence)) return;
    const { flag, text, fields, result, refusal } = rowAnswer(record.stage);
    const json = [fields, result, refusal].map((value) => (value === null ? null : JSON.stringify(value)));
    const values = [row.third_party_id, flag, new Date(record.changedAt), record.receipt, text, ...json];
    await this.pool.query(ANSWER, values);
    this.written.set(row.third_party_id, record.sequence);
  }

  private take({
    third_party_id: key,
    agency,
    office_code: office,
    step_code,
    qualifier,
    content,
  }: Row): TaskCase | null {
    const task = readTask({ taskId: key, key, code: step_code, qualifier, payload: content });
    return task && (this.books.take(agency, { ...task, office, way: 'exchange_table' })?.record ?? null);
  }
}
