const MARK = '\uFEFF';

/** RFC 4180; a spreadsheet must take no cell for a formula, so such a cell is written with an apostrophe before it. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return MARK + rows.map((row) => row.map(toCell).join(',') + '\r\n').join('');
}

export function fromCsv(text: string): string[][] {
  const reader = new CsvReader(text.startsWith(MARK) ? text.slice(1) : text);
  return reader.rows();
}

function toCell(value: string): string {
  const shown = /^[=+@\t\r-]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(shown) ? '"' + shown.split('"').join('""') + '"' : shown;
}

const fromCell = (value: string): string => (/^'[=+@\t\r-]/.test(value) ? value.slice(1) : value);

/** Character by character: quotes may hold commas and line ends. */
class CsvReader {
  private readonly read: string[][] = [];
  private row: string[] = [];
  private cell = '';
  private isQuoted = false;

  constructor(private readonly text: string) {}

  rows(): string[][] {
    for (let at = 0; at < this.text.length; at += 1) at += this.take(this.text.charAt(at), this.text.charAt(at + 1));
    if (this.cell !== '' || this.row.length > 0) this.endRow();
    return this.read;
  }

  /** How many characters more than this one were used up. */
  private take(character: string, next: string): 0 | 1 {
    if (this.isQuoted) return this.takeQuoted(character, next);
    if (character === '"') this.isQuoted = true;
    else if (character === ',') this.endCell();
    else if (character === '\n') this.endRow();
    else if (character !== '\r') this.cell += character;
    return 0;
  }

  private takeQuoted(character: string, next: string): 0 | 1 {
    if (character !== '"') this.cell += character;
    else if (next === '"') {
      this.cell += '"';
      return 1;
    } else this.isQuoted = false;
    return 0;
  }

  private endCell(): void {
    this.row.push(fromCell(this.cell));
    this.cell = '';
  }

  private endRow(): void {
    this.endCell();
    this.read.push(this.row);
    this.row = [];
  }
}
