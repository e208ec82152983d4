/** OpenAPI 3.1 is JSON Schema 2020-12: `nullable` is no keyword there, null is a type. */
export function withNullTypes<T>(document: T): T {
  return rewritten(document) as T;
}

function rewritten(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewritten);
  if (typeof value !== 'object' || value === null) return value;
  const node = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rewritten(item)]));
  if (typeof node['nullable'] !== 'boolean') return node;
  const { nullable, ...schema } = node;
  return nullable ? orNull(schema) : schema;
}

function orNull(schema: Record<string, unknown>): Record<string, unknown> {
  const { type, allOf, $ref, description, ...rest } = schema;
  const said = description === undefined ? {} : { description };
  if (typeof type === 'string') return { ...rest, ...said, type: [type, 'null'], ...nullInEnum(rest['enum']) };
  const target = Array.isArray(allOf) && allOf.length === 1 ? (allOf[0] as object) : { $ref };
  return { ...rest, ...said, anyOf: [target, { type: 'null' }] };
}

const nullInEnum = (values: unknown): object =>
  Array.isArray(values) ? { enum: [...(values as unknown[]), null] } : {};
