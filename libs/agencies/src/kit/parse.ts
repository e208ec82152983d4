import { AgencyContractBroken, type Refusal } from '@birth/application';
import { parseStrictJson, parseStrictJsonBytes, StrictJsonError } from '@birth/platform';

/** A reply's JSON as an object; anything else breaks the contract. */
export function readJson(text: string): Fields {
  try {
    return new Fields(parseStrictJson(text));
  } catch (error) {
    if (error instanceof StrictJsonError) throw new AgencyContractBroken(error.problem, 'body');
    throw error;
  }
}

/** A message's JSON; its bytes are UTF-8. */
export function readJsonBytes(body: Buffer): Fields {
  try {
    return new Fields(parseStrictJsonBytes(body));
  } catch (error) {
    if (error instanceof StrictJsonError) throw new AgencyContractBroken(error.problem, 'body');
    throw error;
  }
}

/** Named fields of what an agency sent. A missing or ill-typed one breaks the contract with its name, never its value. */
export class Fields {
  private readonly record: Readonly<Record<string, unknown>>;

  constructor(
    value: unknown,
    private readonly at = '',
  ) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw broken(at || 'body');
    this.record = value as Record<string, unknown>;
  }

  text(name: string): string {
    const value = this.record[name];
    if (typeof value !== 'string' || value === '') throw broken(this.at + name);
    return value;
  }

  /** Something that people can read: blanks say nothing. */
  words(name: string): string {
    const value = this.text(name);
    if (value.trim() === '') throw broken(this.at + name);
    return value;
  }

  textOrNull(name: string): string | null {
    const value = this.record[name];
    if (value === null || value === undefined || value === '') return null;
    if (typeof value !== 'string') throw broken(this.at + name);
    return value;
  }

  /** As it came; its reader looks at it. */
  value(name: string): unknown {
    return this.record[name];
  }

  integer(name: string): number {
    const value = Number(this.record[name]);
    if (!Number.isSafeInteger(value)) throw broken(this.at + name);
    return value;
  }

  texts(name: string): string[] {
    const value = this.record[name];
    if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) throw broken(this.at + name);
    return value as string[];
  }

  list(name: string): Fields[] {
    const value = this.record[name];
    if (!Array.isArray(value)) throw broken(this.at + name);
    return value.map((item, index) => new Fields(item, `${this.at}${name}[${index}].`));
  }

  object(name: string): Fields {
    return new Fields(this.record[name], `${this.at}${name}.`);
  }

  matching(name: string, pattern: RegExp): string {
    const value = this.text(name);
    if (!pattern.test(value)) throw broken(this.at + name);
    return value;
  }
}

export const broken = (field: string): AgencyContractBroken =>
  new AgencyContractBroken(`${field} is missing or wrong`, field);

/** A refusal needs all its parts (行政许可法 art. 38; policy P15). */
export function readRefusal(
  fields: Fields,
  names: Readonly<Record<keyof Refusal, string>> = {
    reason: 'reason',
    legalBasis: 'legalBasis',
    documentNumber: 'documentNumber',
    office: 'office',
    remedy: 'remedy',
  },
): Refusal {
  return {
    reason: fields.words(names.reason),
    legalBasis: fields.words(names.legalBasis),
    documentNumber: fields.words(names.documentNumber),
    office: fields.words(names.office),
    remedy: fields.words(names.remedy),
  };
}
