/** Cells that a spreadsheet would take for a formula are written with an apostrophe before them (CSV injection). */
const FORMULA = /^[=+\-@\t\r]/;
const GUARDED = /^'[=+\-@\t\r]/;
const BOM = '\uFEFF';

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180 with CRLF. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

/** What the bytes say: UTF-8 where they begin with its mark, else GB 18030; null where they are no text of it. */
export function decodeCsv(bytes: Buffer): string | null {
  const isUtf8 = bytes.subarray(0, 3).equals(Buffer.from(BOM));
  try {
    return new TextDecoder(isUtf8 ? 'utf-8' : 'gb18030', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

export const encodeCsv = (text: string): Buffer => Buffer.from(BOM + text);

/** Rows of cells; null where a quote is never closed, or text follows one. */
export function parseCsv(text: string): string[][] | null {
  const cells = /(?:"((?:[^"]+|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  const rows: string[][] = [];
  let row: string[] = [];
  while (cells.lastIndex < text.length) {
    const found = cells.exec(text);
    if (found === null) return null;
    const [, quoted, plain = '', end] = found;
    row.push(unguarded(quoted?.replaceAll('""', '"') ?? plain));
    if (end === ',' && cells.lastIndex < text.length) continue;
    rows.push(end === ',' ? [...row, ''] : row);
    row = [];
  }
  return rows.filter((one) => one.some((value) => value !== ''));
}

const unguarded = (text: string): string => (GUARDED.test(text) ? text.slice(1) : text);
