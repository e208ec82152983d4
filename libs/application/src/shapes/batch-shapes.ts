import { flag, list, named, object, type Of, oneOf, orNull, record, text, whole } from '@birth/platform';

const FILE = 'Base64 of CSV: UTF-8 with its mark, or GB 18030 (docs/agencies/batch.md)';

export const BatchExportedShape = named(
  'BatchExported',
  object({ officeCode: text(), number: whole(), lines: whole(), controlTotal: text(), file: text(FILE) }),
);
export type BatchExported = Of<typeof BatchExportedShape>;

export const BatchNumbersShape = named(
  'BatchNumbers',
  object({ officeCode: text(), nextExport: whole(), nextImport: whole(), key: record(text()) }),
);
export type BatchNumbers = Of<typeof BatchNumbersShape>;

export const BatchImportedShape = named(
  'BatchImported',
  object({
    officeCode: text(),
    number: whole(),
    /** The same file had been taken before. */
    isRepeated: flag(),
    lines: whole(),
    taken: whole(),
    duplicates: whole(),
    rejected: list(
      named(
        'BatchLineRejected',
        object({
          line: whole(),
          code: oneOf(['task_unknown', 'line_unreadable', 'bad_message', 'case_unknown', 'taken_otherwise']),
          field: orNull(text()),
        }),
      ),
    ),
  }),
);
export type BatchImported = Of<typeof BatchImportedShape>;
