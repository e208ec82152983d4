type Schema = Record<string, unknown>;

/** A body with one thing wrong, and where the answer must point. */
export interface WrongBody {
  pointer: string;
  body: unknown;
}

/**
 * Everything that a JSON schema forbids, one at a time: each property of a wrong type, each object with a property
 * that nobody knows, each required property left out.
 */
export class WrongBodies {
  constructor(private readonly schemas: Readonly<Record<string, Schema>>) {}

  of(schema: Schema): WrongBody[] {
    const wrapped = (tokens: readonly (string | number)[], value: unknown): unknown =>
      tokens.reduceRight((inner, token) => (typeof token === 'number' ? [inner] : { [token]: inner }), value);
    return this.faults(schema, []).map(({ tokens, at, value }) => ({
      pointer: `/${[...tokens, ...at].join('/')}`,
      body: wrapped(tokens, value),
    }));
  }

  private faults(given: Schema, tokens: readonly (string | number)[]): Fault[] {
    const schema = this.resolved(given);
    if (schema['type'] === 'object' || schema['properties'] !== undefined) return this.ofObject(schema, tokens);
    if (includes(schema['type'], 'array')) return this.ofArray(schema, tokens);
    // a list is never right where one word, number or yes or no is wanted
    return [{ tokens, at: [], value: [{ wrong: true }] }];
  }

  private ofObject(schema: Schema, tokens: readonly (string | number)[]): Fault[] {
    const properties = (schema['properties'] ?? {}) as Record<string, Schema>;
    const required = (schema['required'] ?? []) as string[];
    const isClosed = schema['additionalProperties'] === false || Object.keys(properties).length > 0;
    return [
      ...(isClosed ? [{ tokens, at: [UNKNOWN], value: { [UNKNOWN]: 1 } }] : []),
      ...required.map((name) => ({ tokens, at: [name], value: {} })),
      ...(tokens.length > 0 ? [{ tokens, at: [], value: 'no object' }] : []),
      ...Object.entries(properties).flatMap(([name, property]) => this.faults(property, [...tokens, name])),
    ];
  }

  /** Of words and numbers in a list the answer names the list. */
  private ofArray(schema: Schema, tokens: readonly (string | number)[]): Fault[] {
    const items = this.resolved(schema['items'] as Schema);
    const isOfObjects = items['properties'] !== undefined;
    const inItems = isOfObjects ? this.faults(items, [...tokens, 0]) : [{ tokens, at: [], value: [{ wrong: true }] }];
    return [{ tokens, at: [], value: { no: 'list' } }, ...inItems];
  }

  /** What `$ref` and "this or null" mean. */
  private resolved(schema: Schema): Schema {
    const alternatives = (schema['anyOf'] ?? schema['allOf']) as Schema[] | undefined;
    if (alternatives !== undefined) return this.resolved(alternatives.find(({ type }) => type !== 'null')!);
    const name = (schema['$ref'] as string | undefined)?.split('/').at(-1);
    return name === undefined ? schema : this.resolved(this.schemas[name]!);
  }
}

interface Fault {
  /** The place whose value is wrong. */
  tokens: readonly (string | number)[];
  /** From there, what the answer points to. */
  at: readonly string[];
  value: unknown;
}

const UNKNOWN = 'nobodyKnowsThis';

const includes = (type: unknown, name: string): boolean =>
  type === name || (Array.isArray(type) && type.includes(name));
