import { AgencyContractBroken } from '@birth/application';
import { UNKNOWN_CODE } from '@birth/domain';
import { type Fields, readJson } from './parse';

/** A code of a field, as the dictionary names it. */
export const codeName = (field: string, code: string): string => `${field}=${code}`;

/** A code that is in no agreement: what it means is nobody's guess. */
export const unknownCode = (field: string): AgencyContractBroken =>
  new AgencyContractBroken(`${field} has an unknown code`, field, UNKNOWN_CODE);

/** One of the codes that were agreed for a field. */
export function readCode<T extends string>(fields: Fields, name: string, known: readonly T[]): T {
  const given = fields.text(name);
  const found = known.find((code) => code === given);
  if (found === undefined) throw unknownCode(name);
  return found;
}

/** The same where the field may be empty. */
export const readCodeOrNull = <T extends string>(fields: Fields, name: string, known: readonly T[]): T | null =>
  fields.textOrNull(name) === null ? null : readCode(fields, name, known);

/** How an agency names its own errors: which field holds the code, which the name of what is wrong. */
export interface ErrorFormat {
  codeField: string;
  codes: readonly string[];
  /** The reply's code and the name of the field that it complains of; null where it is no error of theirs. */
  read(text: string): { code: string; field: string | null } | null;
}

/** The name of a field and never its value. */
export const isFieldName = (text: string): boolean => /^[A-Za-z0-9_.]{1,40}$/.test(text);

/** What a reply that was no answer says by itself. */
export function errorOf(format: ErrorFormat, text: string, what: string): AgencyContractBroken | null {
  const said = format.read(text);
  if (said === null) return null;
  const isKnown = format.codes.includes(said.code);
  const field = said.field !== null && isFieldName(said.field) ? said.field : format.codeField;
  return new AgencyContractBroken(what, field, isKnown ? codeName(format.codeField, said.code) : UNKNOWN_CODE);
}

/** `{ "code": "1003", "field": "name" }` under the agency's own names. */
export const jsonErrors = (
  codeField: string,
  codes: readonly string[],
  fieldOf: (fields: Fields) => string | null,
): ErrorFormat => ({
  codeField,
  codes,
  read: (text) => {
    const fields = tolerant(() => readJson(text));
    const code = fields && tolerant(() => fields.text(codeField));
    return fields === null || code === null ? null : { code, field: tolerant(() => fieldOf(fields)) };
  },
});

/** What cannot be read says nothing. */
export function tolerant<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof AgencyContractBroken) return null;
    throw error;
  }
}
