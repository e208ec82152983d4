import type { MaterialStore } from '@birth/application';
import { Injectable } from '@nestjs/common';
import { OnceRows } from '../cases/once-rows';
import { Database } from '../database';
import { KeyRing } from '../sealing/key-ring';
import type { Transaction } from '../transaction';

type Saving = Parameters<MaterialStore['save']>[0];

@Injectable()
export class PostgresMaterialStore implements MaterialStore {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly onceRows: OnceRows,
  ) {}

  save({ once, material, response }: Saving): ReturnType<MaterialStore['save']> {
    return this.database.transaction(async (transaction) => {
      const replayed = await this.onceRows.takeIdempotency(transaction, once);
      if (replayed !== null) return { commit: false, value: replayed };
      await this.insert(transaction, material);
      await transaction.last([this.onceRows.keepResponse(once, response)]);
      return { commit: true, value: response };
    });
  }

  private async insert(transaction: Transaction, row: Saving['material']): Promise<void> {
    const sealed = this.keys.service('material').sealBytes('material', 'sealed', row.id, row.bytes);
    await transaction.query({
      name: 'material_save',
      text: 'insert into material (id, subject_token, media_type, sealed, created_at) values ($1, $2, $3, $4, $5)',
      values: [row.id, this.keys.token('subject', row.subject), row.mediaType, sealed, new Date(row.createdAt)],
    });
  }

  async exists(id: string, subject: string): Promise<boolean> {
    const rows = await this.database.query({
      name: 'material_exists',
      text: 'select 1 from material where id = $1 and subject_token = $2',
      values: [id, this.keys.token('subject', subject)],
    });
    return rows.length > 0;
  }

  async open(id: string, subject: string): ReturnType<MaterialStore['open']> {
    const [row] = await this.database.query<{ media_type: string; sealed: Buffer }>({
      name: 'material_open',
      text: 'select media_type, sealed from material where id = $1 and subject_token = $2',
      values: [id, this.keys.token('subject', subject)],
    });
    if (row === undefined) return null;
    const bytes = this.keys.service('material').openBytes('material', 'sealed', id, row.sealed);
    return { mediaType: row.media_type, bytes };
  }
}
