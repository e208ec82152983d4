/** How pg writes a value as text; its own cursor and stream packages take it from here too. */
declare module 'pg/lib/utils.js' {
  export function prepareValue(value: unknown): Buffer | string | null;
}
