import type { Statement } from '../batch';

type Column<T> = readonly [
  name: string,
  value: (row: T, caseId: string) => unknown,
  /** What is stored of the value, where that is not the value itself. */
  stored?: (place: string) => string,
];
/** Columns of a row that belongs to a case. */
export type Columns<T> = readonly Column<T>[];

/** Inserts one row; `tail` says what happens where it is there already. */
export function rowWriter<T>(table: string, columns: Columns<T>, tail = ''): (row: T, caseId: string) => Statement {
  const names = columns.map(([column]) => column).join(', ');
  const places = columns.map(([, , stored = (place: string) => place], index) => stored(`$${index + 1}`)).join(', ');
  const text = `insert into ${table} (${names}) values (${places}) ${tail}`;
  return (row, caseId) => ({ name: `put_${table}`, text, values: columns.map(([, value]) => value(row, caseId)) });
}

/** Tail of a row that replaces the one of the same key. */
export const replacing = <T>(key: string, columns: Columns<T>, also = ''): string =>
  `on conflict (${key}) do update set ${columns.map(([column]) => `${column} = excluded.${column}`).join(', ')}${also}`;

/** Epoch ms as PostgreSQL takes it. */
export const moment = (at: number | null): Date | null => (at === null ? null : new Date(at));
