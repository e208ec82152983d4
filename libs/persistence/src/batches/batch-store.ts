import type { BatchRecord, BatchStore } from '@birth/application';
import { Injectable } from '@nestjs/common';
import { Database } from '../database';

interface Row {
  digest: Buffer;
  made_by: string;
  made_ms: string;
  outcome: BatchRecord['outcome'];
}

@Injectable()
export class PostgresBatchStore implements BatchStore {
  constructor(private readonly database: Database) {}

  async last(officeCode: string, direction: BatchRecord['direction']): Promise<number> {
    const [row] = await this.database.query<{ last: number }>({
      name: 'batch_last',
      text: 'select coalesce(max(number), 0) as last from batch_file where office_code = $1 and direction = $2',
      values: [officeCode, direction],
    });
    return row?.last ?? 0;
  }

  async find(officeCode: string, direction: BatchRecord['direction'], number: number): Promise<BatchRecord | null> {
    const [row] = await this.database.query<Row>({
      name: 'batch_find',
      text: `select digest, made_by, ms(made_at) as made_ms, outcome from batch_file
        where office_code = $1 and direction = $2 and number = $3`,
      values: [officeCode, direction, number],
    });
    if (row === undefined) return null;
    const { digest, made_by: by, made_ms, outcome } = row;
    return { officeCode, direction, number, digest, by, at: Number(made_ms), outcome };
  }

  async record({ officeCode, direction, number, digest, by, at, outcome }: BatchRecord): Promise<boolean> {
    const rows = await this.database.query<{ number: number }>({
      name: 'batch_record',
      text: `insert into batch_file (office_code, direction, number, digest, made_by, made_at, outcome)
        values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning number`,
      values: [officeCode, direction, number, digest, by, new Date(at), JSON.stringify(outcome)],
    });
    return rows.length === 1;
  }
}
