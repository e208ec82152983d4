/** JSON Schema 2020-12, as OpenAPI 3.1 embeds it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What an answer looks like, said once: the document shows `schema`, the compiler checks T. */
export interface Shape<T> {
  readonly schema: JsonSchema;
  /** The named shapes that `schema` refers to. */
  readonly definitions: Readonly<Record<string, JsonSchema>>;
  readonly is?: (value: T) => void;
}
interface OptionalShape<T> extends Shape<T> {
  readonly isOptional: true;
}

export type Of<S> = S extends Shape<infer T> ? T : never;

type Fields = Readonly<Record<string, Shape<never>>>;
type OptionalNames<F> = { [K in keyof F]: F[K] extends { isOptional: true } ? K : never }[keyof F];
type ObjectOf<F> = { [K in Exclude<keyof F, OptionalNames<F>>]: Of<F[K]> } & {
  [K in OptionalNames<F>]?: Of<F[K]>;
};

const plain = <T>(schema: JsonSchema): Shape<T> => ({ schema, definitions: {} });

export const text = (description?: string): Shape<string> =>
  plain({ type: 'string', ...(description === undefined ? {} : { description }) });
export const uuid = (): Shape<string> => plain({ type: 'string', format: 'uuid' });
/** YYYY-MM-DD in Asia/Shanghai. */
export const date = (): Shape<string> => plain({ type: 'string', format: 'date' });
/** ISO 8601 with offset. */
export const moment = (): Shape<string> => plain({ type: 'string', format: 'date-time' });
export const whole = (): Shape<number> => plain({ type: 'integer' });
export const figure = (): Shape<number> => plain({ type: 'number' });
export const flag = (): Shape<boolean> => plain({ type: 'boolean' });
export const nothing = (): Shape<null> => plain({ type: 'null' });
/** What we pass on and do not know. */
export const anything = (): Shape<unknown> => plain({});

export const oneOf = <const V extends readonly string[]>(values: V): Shape<V[number]> =>
  plain({ type: 'string', enum: [...values] });

export const list = <T>(items: Shape<T>): Shape<readonly T[]> => ({
  schema: { type: 'array', items: items.schema },
  definitions: items.definitions,
});

/** Any names, values of one shape. */
export const record = <T>(values: Shape<T>): Shape<Readonly<Record<string, T>>> => ({
  schema: { type: 'object', additionalProperties: values.schema },
  definitions: values.definitions,
});

/** One of several shapes of the same place. */
export const either = <A, B>(one: Shape<A>, other: Shape<B>): Shape<A | B> => ({
  schema: { anyOf: [one.schema, other.schema] },
  definitions: { ...one.definitions, ...other.definitions },
});

export const orNull = <T>({ schema, definitions }: Shape<T>): Shape<T | null> => {
  const { type, enum: values } = schema;
  if (typeof type !== 'string') return { schema: { anyOf: [schema, { type: 'null' }] }, definitions };
  const choices = Array.isArray(values) ? { enum: [...(values as unknown[]), null] } : {};
  return { schema: { ...schema, type: [type, 'null'], ...choices }, definitions };
};

export const optional = <T>({ schema, definitions }: Shape<T>): OptionalShape<T> => ({
  schema,
  definitions,
  isOptional: true,
});

/** Every field is always there unless it says `optional`. Readers ignore fields that they do not know. */
export function object<F extends Fields>(fields: F): Shape<ObjectOf<F>> {
  const entries = Object.entries(fields);
  const required = entries.flatMap(([name, shape]) => ('isOptional' in shape ? [] : [name]));
  return {
    schema: {
      type: 'object',
      required,
      properties: Object.fromEntries(entries.map(([name, { schema }]) => [name, schema])),
    },
    definitions: Object.assign({}, ...entries.map(([, { definitions }]) => definitions)) as Shape<never>['definitions'],
  };
}

/** A shape with a name of its own in the document. */
export const named = <T>(name: string, { schema, definitions }: Shape<T>): Shape<T> => ({
  schema: { $ref: `#/components/schemas/${name}` },
  definitions: { ...definitions, [name]: schema },
});
