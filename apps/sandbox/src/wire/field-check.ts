/** What an agency says about the first field that is wrong; the agency chooses its own code for each kind. */
export interface FieldFault {
  kind: 'missing' | 'unknown' | 'bad';
  field: string;
}

export type Rule = (value: unknown) => boolean;
export interface Shape {
  readonly [name: string]: Rule | Shape | NullableShape;
}
interface NullableShape {
  readonly orNull: Shape;
}

export const text =
  (maxLength = 200): Rule =>
  (value) =>
    typeof value === 'string' && value.length > 0 && value.length <= maxLength;

export const matching =
  (pattern: RegExp): Rule =>
  (value) =>
    typeof value === 'string' && pattern.test(value);

export const oneOf = (...allowed: readonly string[]): Rule => {
  const set = new Set<unknown>(allowed);
  return (value) => set.has(value);
};

export const integer =
  (min: number, max: number): Rule =>
  (value) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max;

export const decimal =
  (min: number, max: number): Rule =>
  (value) =>
    typeof value === 'number' && value >= min && value <= max;

export const orNull =
  (rule: Rule): Rule =>
  (value) =>
    value === null || rule(value);

/** Refuses what is missing, what is not agreed, and what is ill-typed: an agency must not see more than its fields. */
export function checkFields(shape: Shape, value: unknown, path = ''): FieldFault | null {
  if (!isObject(value)) return { kind: 'bad', field: path === '' ? '(body)' : path };
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(shape, name)) return { kind: 'unknown', field: join(path, name) };
  }
  for (const [name, rule] of Object.entries(shape)) {
    const fault = checkField(rule, value[name], join(path, name));
    if (fault !== null) return fault;
  }
  return null;
}

function checkField(rule: Rule | Shape | NullableShape, value: unknown, field: string): FieldFault | null {
  if (value === undefined) return { kind: 'missing', field };
  if (typeof rule === 'function') return rule(value) ? null : { kind: 'bad', field };
  if (!isNullable(rule)) return checkFields(rule, value, field);
  return value === null ? null : checkFields(rule.orNull, value, field);
}

const isNullable = (rule: Shape | NullableShape): rule is NullableShape => typeof rule['orNull'] === 'object';
const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The parsed JSON, or undefined when it is none (an agency then answers with its own error). */
export function parseJson(body: unknown): unknown {
  if (!Buffer.isBuffer(body)) return undefined;
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
