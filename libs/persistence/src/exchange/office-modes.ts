import type { OfficeModeChange, OfficeModeStore } from '@birth/application';
import type { AnswerMode } from '@birth/domain';
import { Injectable } from '@nestjs/common';
import { Database } from '../database';

interface Row {
  office_code: string;
  answer_mode: AnswerMode;
  previous: AnswerMode;
  changed_by: string;
  reason: string;
  changed_ms: string;
}

@Injectable()
export class PostgresOfficeModes implements OfficeModeStore {
  constructor(private readonly database: Database) {}

  async current(): Promise<ReadonlyMap<string, AnswerMode>> {
    const rows = await this.database.query<Pick<Row, 'office_code' | 'answer_mode'>>({
      name: 'office_modes',
      text: 'select distinct on (office_code) office_code, answer_mode from office_mode order by office_code, seq desc',
      values: [],
    });
    return new Map(rows.map((row) => [row.office_code, row.answer_mode]));
  }

  /** The number within the office is unique: of two at once the second finds it taken. */
  async change({ officeCode, answerMode, previous, changedBy, reason, changedAt }: OfficeModeChange): Promise<boolean> {
    const rows = await this.database.query<{ seq: number }>({
      name: 'office_mode_change',
      text: `with last as (select seq, answer_mode from office_mode where office_code = $1 order by seq desc limit 1)
        insert into office_mode (office_code, seq, answer_mode, previous, changed_by, reason, changed_at)
        select $1, coalesce((select seq from last), 0) + 1, $2, $3, $4, $5, $6
          where coalesce((select answer_mode from last), $3) = $3
        on conflict do nothing returning seq`,
      values: [officeCode, answerMode, previous, changedBy, reason, new Date(changedAt)],
    });
    return rows.length === 1;
  }

  async history(officeCode: string, limit: number): Promise<OfficeModeChange[]> {
    const rows = await this.database.query<Row>({
      name: 'office_mode_history',
      text: `select office_code, answer_mode, previous, changed_by, reason, ms(changed_at) as changed_ms
        from office_mode where office_code = $1 order by seq desc limit $2`,
      values: [officeCode, limit],
    });
    return rows.map((row) => ({
      officeCode: row.office_code,
      answerMode: row.answer_mode,
      previous: row.previous,
      changedBy: row.changed_by,
      reason: row.reason,
      changedAt: Number(row.changed_ms),
    }));
  }
}
