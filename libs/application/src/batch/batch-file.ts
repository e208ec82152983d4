import { csvLine, decodeCsv, encodeCsv, parseCsv } from './csv';

export const BATCH_LINES = 500;
const FORMAT = 'birth-batch-1';
export type Direction = 'export' | 'import';

/** The file's own lines: which office, which number, how many lines, and their control total. */
export interface BatchHead {
  direction: Direction;
  officeCode: string;
  number: number;
  writtenAt: string;
}

export interface BatchSignature {
  keyId: string;
  /** Base64, Ed25519 over every byte before the line of the signature, its mark included. */
  value: string;
  signed: Buffer;
}

export interface BatchFile {
  head: BatchHead;
  /** As the file names them. */
  columns: readonly string[];
  /** Each with its number in the file, counted from the first of them. */
  lines: readonly (readonly string[])[];
  signature: BatchSignature | null;
}

/** What is wrong with a file as a whole; nothing of it is taken. */
export type BatchFault = 'unreadable' | 'format' | 'columns' | 'line_count' | 'control_total' | 'too_many_lines';

/** Of the tasks that a file names: the sum of the last eight hexadecimal digits of each, as a decimal. */
export const controlTotal = (taskIds: readonly string[]): string =>
  taskIds.reduce((sum, id) => sum + BigInt(`0x${/[0-9a-f]{8}$/i.exec(id)?.[0] ?? '0'}`), 0n).toString();

/** The bytes of a file, up to its signature. */
export function writeBatch(head: BatchHead, columns: readonly string[], lines: readonly (readonly string[])[]): Buffer {
  const ids = lines.map(([taskId = '']) => taskId);
  const rows = [
    ['文件', FORMAT, head.direction, head.officeCode, String(head.number), head.writtenAt],
    columns,
    ...lines,
    ['合计', String(lines.length), controlTotal(ids)],
  ];
  return encodeCsv(rows.map(csvLine).join(''));
}

export const withSignature = (bytes: Buffer, keyId: string, signature: Buffer): Buffer =>
  Buffer.concat([bytes, Buffer.from(csvLine(['签名', keyId, signature.toString('base64')]))]);

const SIGNATURE = /(?:^|\r?\n)签名,([^",\r\n]+),([A-Za-z0-9+/=]+)\s*$/;

/** Reads a file as it was carried here; the first fault ends it. */
export function readBatch(bytes: Buffer, columns: readonly string[]): BatchFile | BatchFault {
  const text = decodeCsv(bytes);
  const rows = text === null ? null : parseCsv(text.replace(/^\uFEFF/, ''));
  if (text === null || rows === null) return 'unreadable';
  const signature = signatureIn(bytes, text);
  const read = partsOf(signature === null ? rows : rows.slice(0, -1), columns);
  return typeof read === 'string' ? read : { ...read, signature };
}

function partsOf(
  [first = [], named = [], ...rest]: readonly (readonly string[])[],
  columns: readonly string[],
): Omit<BatchFile, 'signature'> | BatchFault {
  const total = rest.pop() ?? [];
  const head = headOf(first);
  if (head === null || total[0] !== '合计') return 'format';
  if (columns.some((name, index) => named[index]?.trim() !== name)) return 'columns';
  return totalFault(rest, total) ?? { head, columns: named.map((name) => name.trim()), lines: rest };
}

function totalFault(lines: readonly (readonly string[])[], [, count, total]: readonly string[]): BatchFault | null {
  if (lines.length > BATCH_LINES) return 'too_many_lines';
  if (count !== String(lines.length)) return 'line_count';
  return total === controlTotal(lines.map(([taskId = '']) => taskId)) ? null : 'control_total';
}

function headOf([
  mark,
  format,
  direction,
  officeCode = '',
  number = '',
  writtenAt = '',
]: readonly string[]): BatchHead | null {
  const isOurs = mark === '文件' && format === FORMAT && (direction === 'export' || direction === 'import');
  if (!isOurs || !/^[1-9]\d{0,8}$/.test(number)) return null;
  return { direction, officeCode, number: Number(number), writtenAt };
}

/** Its line begins where the text before it ends; the same bytes in either charset. */
function signatureIn(bytes: Buffer, text: string): BatchSignature | null {
  const [line, keyId = '', value = ''] = SIGNATURE.exec(text) ?? [];
  if (line === undefined) return null;
  const ascii = Buffer.from(`,${keyId},${value}`, 'latin1');
  const at = bytes.lastIndexOf(ascii);
  const start = bytes.subarray(0, at).lastIndexOf(0x0a) + 1;
  return { keyId, value, signed: bytes.subarray(0, start) };
}
