import { openCell, sealCell } from './cell';

/** Seals and opens the cells of one case with its data key. */
export class CaseSeal {
  readonly #key: Buffer;
  constructor(
    readonly caseId: string,
    key: Buffer,
  ) {
    this.#key = key;
  }

  seal(table: string, column: string, rowId: string, value: unknown): Buffer {
    return this.sealBytes(table, column, rowId, Buffer.from(JSON.stringify(value ?? null)));
  }

  open<T>(table: string, column: string, rowId: string, cell: Buffer): T {
    return JSON.parse(this.openBytes(table, column, rowId, cell).toString('utf8')) as T;
  }

  sealBytes(table: string, column: string, rowId: string, bytes: Buffer): Buffer {
    return sealCell(this.#key, { table, column, rowId, caseId: this.caseId }, bytes);
  }

  openBytes(table: string, column: string, rowId: string, cell: Buffer): Buffer {
    return openCell(this.#key, { table, column, rowId, caseId: this.caseId }, cell);
  }
}
