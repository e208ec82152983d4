import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const VERSION = 1;
const AES_256_GCM = 1;
const KEY_ID = 1;
const HEADER = Buffer.from([VERSION, AES_256_GCM, KEY_ID]);
const IV_BYTES = 12;
const TAG_BYTES = 16;
const OVERHEAD = HEADER.length + IV_BYTES + TAG_BYTES;

/** Where a cell lives. A cell moved to another place does not open. */
export interface CellPlace {
  table: string;
  column: string;
  rowId: string;
  caseId: string;
}

/** ver | alg | kid | iv | tag | ciphertext, bound to its place (NIST SP 800-38D, 96-bit random IV, one data key a case). */
export function sealCell(key: Buffer, place: CellPlace, plain: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(boundTo(place));
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([HEADER, iv, cipher.getAuthTag(), ciphertext]);
}

/** Throws on any change of key, place or bytes. */
export function openCell(key: Buffer, place: CellPlace, cell: Buffer): Buffer {
  if (cell.length < OVERHEAD || !cell.subarray(0, HEADER.length).equals(HEADER)) throw new Error('not a sealed cell');
  const iv = cell.subarray(HEADER.length, HEADER.length + IV_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(place));
  decipher.setAuthTag(cell.subarray(HEADER.length + IV_BYTES, OVERHEAD));
  return Buffer.concat([decipher.update(cell.subarray(OVERHEAD)), decipher.final()]);
}

const boundTo = ({ table, column, rowId, caseId }: CellPlace): Buffer =>
  Buffer.from([table, column, rowId, caseId, VERSION, AES_256_GCM, KEY_ID].join('|'));
