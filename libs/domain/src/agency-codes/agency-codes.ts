import { forbiddenDemands } from '../decoupling/forbidden-demands';
import { AGENCIES, type AgencyCode } from '../vocabulary';
import { CODE_CLASSES, type CodeClass } from './code-class';

/** What one of an agency's codes means, and in whose words. */
export interface CodeMeaning {
  /** `<field>=<code>` as on the agency's wire. */
  code: string;
  class: CodeClass;
  /** Words for the family. */
  parent: string;
  /** Words for the clerk. */
  clerk: string;
  /** What is to be done next, and by whom. */
  next: string;
  /** Pointers into the form, where the agency names no field itself. */
  fields: readonly string[];
  source: string;
  assumed: boolean;
}

type RawMeaning = Omit<CodeMeaning, 'code' | 'fields'> & { field: string; code: string; fields?: readonly string[] };

/** One agency's dictionary as its seed file has it. */
export interface RawAgencyCodes {
  agency: AgencyCode;
  codes: readonly RawMeaning[];
  /** Of a code that is in no agreement. */
  unknown: Pick<RawMeaning, 'class' | 'parent' | 'clerk' | 'next' | 'source' | 'assumed'>;
}

/** Stands for a code that is in no agreement: what it means is nobody's guess. */
export const UNKNOWN_CODE = 'unknown';

const POINTER = /^(\/[A-Za-z]+)+$/;
const CORRECTED: readonly CodeClass[] = ['correctable', 'data_mismatch'];

/** Every agency's codes and what they mean. */
export class AgencyCodes {
  private readonly byAgency: ReadonlyMap<AgencyCode, ReadonlyMap<string, CodeMeaning>>;

  /** Throws unless every agency has its dictionary, whole and without a forbidden demand (P8). */
  constructor(raw: readonly RawAgencyCodes[]) {
    const byAgency = new Map<AgencyCode, ReadonlyMap<string, CodeMeaning>>();
    for (const one of raw) byAgency.set(one.agency, meaningsOf(one));
    for (const agency of AGENCIES) if (!byAgency.has(agency)) throw new Error(`${agency} has no dictionary of codes`);
    if (byAgency.size !== AGENCIES.length || raw.length !== AGENCIES.length) {
      throw new Error('a dictionary of codes of no agency, or two of one');
    }
    this.byAgency = byAgency;
  }

  /** null: not in the dictionary. */
  find(agency: AgencyCode, code: string): CodeMeaning | null {
    return this.byAgency.get(agency)?.get(code) ?? null;
  }

  of(agency: AgencyCode): readonly CodeMeaning[] {
    return [...(this.byAgency.get(agency)?.values() ?? [])];
  }
}

function meaningsOf({ agency, codes, unknown }: RawAgencyCodes): ReadonlyMap<string, CodeMeaning> {
  const found = new Map<string, CodeMeaning>();
  const all = [...codes.map(named), { ...unknown, code: UNKNOWN_CODE, fields: [] }];
  for (const meaning of all) {
    const name = `${agency} ${meaning.code}`;
    if (found.has(meaning.code)) throw new Error(`${name}: twice`);
    checkMeaning(name, meaning);
    found.set(meaning.code, meaning);
  }
  if (unknown.class !== 'technical') throw new Error(`${agency}: an unknown code is a person’s to read`);
  return found;
}

const named = ({ field, code, fields = [], ...rest }: RawMeaning): CodeMeaning => ({
  ...rest,
  code: `${field}=${code}`,
  fields,
});

function checkMeaning(name: string, { class: ofClass, parent, clerk, next, ...rest }: CodeMeaning): void {
  if (!CODE_CLASSES.includes(ofClass)) throw new Error(`${name}: unknown class`);
  const words = { parent, clerk, next, source: rest.source };
  for (const [key, text] of Object.entries(words)) if (!text?.trim()) throw new Error(`${name}: ${key} is missing`);
  if (forbiddenDemands(`${parent}\n${clerk}\n${next}`).length > 0) {
    throw new Error(`${name}: asks for a forbidden paper`);
  }
  if (typeof rest.assumed !== 'boolean') throw new Error(`${name}: assumed is missing`);
  if (rest.fields.length > 0 && !CORRECTED.includes(ofClass)) throw new Error(`${name}: nothing to correct`);
  if (rest.fields.some((pointer) => !POINTER.test(pointer))) throw new Error(`${name}: a field is no pointer`);
}
