/** A paper of ours, ready to be set: every text is what stands on it. */
export interface PrintedDocument {
  title: string;
  /** That it is no licence. */
  mark: string;
  facts: readonly (readonly [label: string, value: string])[];
  tables: readonly PrintedTable[];
  notes: readonly string[];
  /** Goes into the QR. */
  code: string;
}
export interface PrintedTable {
  heading: string;
  head: readonly string[];
  /** Of the page's width, as parts of their sum. */
  widths: readonly number[];
  rows: readonly (readonly string[])[];
}

export interface DocumentPress {
  /** A4 pages as application/pdf. */
  print(document: PrintedDocument): Promise<Buffer>;
}
export const DOCUMENT_PRESS = Symbol('DOCUMENT_PRESS');
