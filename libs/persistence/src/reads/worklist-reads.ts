import type { Page, WorklistItem, WorklistReads } from '@birth/application';
import type { AgencyCode } from '@birth/domain';
import { submissionKey } from '@birth/platform';
import { Injectable } from '@nestjs/common';
import { Database } from '../database';
import { KeyRing } from '../sealing/key-ring';
import { openTask, type TaskRow } from './task-row';

interface WorklistRow extends TaskRow {
  step_id: string;
  code: WorklistItem['code'];
  qualifier: string;
  generation: number;
  application_id: string;
  case_number: string;
  payload: Buffer | null;
  wrapped: Buffer;
}

@Injectable()
export class PostgresWorklistReads implements WorklistReads {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
  ) {}

  async open(
    agency: AgencyCode,
    officeCode: string | null,
    cursor: string | null,
    limit: number,
  ): Promise<Page<WorklistItem>> {
    const rows = await this.database.query<WorklistRow>({
      name: 'worklist_open',
      text: `select t.id, t.step_id, t.kind, t.reason, t.agency, t.office_code, ms(t.opened_at) as opened_at,
          ms(t.due_at) as due_at, t.generation, t.payload, t.application_id, s.code, s.qualifier, a.case_number, k.wrapped
        from human_task t join step s on s.id = t.step_id join application a on a.id = t.application_id
          join case_key k on k.case_id = t.application_id
        where t.kind = 'worklist' and t.closed_at is null and t.agency = $1 and ($2::text is null or t.office_code = $2)
          and ($3::uuid is null or t.id > $3) order by t.id limit $4`,
      values: [agency, officeCode, cursor, limit + 1],
    });
    const items = rows.slice(0, limit).map((row) => this.item(row));
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  private item(row: WorklistRow): WorklistItem {
    const seal = this.keys.openCase(row.application_id, row.wrapped);
    return {
      ...openTask(row),
      stepId: row.step_id,
      code: row.code,
      qualifier: row.qualifier,
      key: submissionKey(row.step_id, row.generation),
      generation: row.generation,
      caseNumber: row.case_number,
      payload: row.payload === null ? null : seal.open('human_task', 'payload', row.id, row.payload),
    };
  }

  async task(taskId: string): ReturnType<WorklistReads['task']> {
    const [row] = await this.database.query<{
      id: string;
      step_id: string;
      code: WorklistItem['code'];
      qualifier: string;
      agency: string;
      office_code: string | null;
      generation: number;
      open: boolean;
    }>({
      name: 'worklist_task',
      text: `select t.id, t.step_id, s.code, s.qualifier, t.agency, t.office_code, t.generation, t.closed_at is null as open
        from human_task t join step s on s.id = t.step_id where t.id = $1 and t.kind = 'worklist'`,
      values: [taskId],
    });
    if (row === undefined) return null;
    const { id, step_id: stepId, code, qualifier, agency, office_code: officeCode, generation, open } = row;
    return { id, stepId, code, qualifier, agency, officeCode, generation, open };
  }
}
