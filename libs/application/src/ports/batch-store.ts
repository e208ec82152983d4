/** What became of one line of a file that brought answers. */
export interface LineRejected {
  /** Counted from the first line under the columns. */
  line: number;
  code: 'task_unknown' | 'line_unreadable' | 'bad_message' | 'case_unknown' | 'taken_otherwise';
  /** What of it; a name, never a value. */
  field: string | null;
}

export interface BatchOutcome {
  lines: number;
  taken: number;
  /** Taken before, with the same file. */
  duplicates: number;
  rejected: readonly LineRejected[];
}

export interface BatchRecord {
  officeCode: string;
  direction: 'export' | 'import';
  number: number;
  /** SHA-256 of the file as it is carried. */
  digest: Buffer;
  by: string;
  at: number;
  outcome: BatchOutcome;
}

/** The numbers of an office's files, each direction for itself and without a gap; no content. */
export interface BatchStore {
  last(officeCode: string, direction: BatchRecord['direction']): Promise<number>;
  find(officeCode: string, direction: BatchRecord['direction'], number: number): Promise<BatchRecord | null>;
  /** False where the number is taken. */
  record(record: BatchRecord): Promise<boolean>;
}
export const BATCH_STORE = Symbol('BATCH_STORE');

/** Signs the files that leave us, and knows the agencies' keys for those that come. */
export interface FileSigner {
  sign(bytes: Buffer): { keyId: string; signature: Buffer };
  /** Public half (RFC 7517). */
  publicKey(): Readonly<Record<string, string>>;
}
export const FILE_SIGNER = Symbol('FILE_SIGNER');

export interface FileVerifier {
  /** True where one of the owner's keys, the one of that name, made it. */
  isSigned(owner: string, keyId: string, bytes: Buffer, signature: Buffer): boolean;
}
export const FILE_VERIFIER = Symbol('FILE_VERIFIER');
