/** An agency's own field names to the pointers under which the family corrects them. */
export type FieldNames = Readonly<Record<string, readonly string[]>>;

/** Names that the family has not given are left out: the agency's text says what is meant. */
export const formPointers = (names: readonly string[], table: FieldNames): string[] => [
  ...new Set(names.flatMap((name) => (Object.hasOwn(table, name) ? (table[name] ?? []) : []))),
];
