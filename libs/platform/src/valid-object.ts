import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { type FieldProblem, Problem } from './problem';

/** A plain value as an instance of a class, every property known and valid; else a Problem with pointers, never a value. */
export function validObject<T extends object>(
  type: ClassConstructor<T>,
  plain: unknown,
  refusal: { status: number; code: string; at?: string } = { status: 400, code: 'invalid_request' },
): T {
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) {
    throw new Problem(400, 'body_must_be_object');
  }
  const value = plainToInstance(type, plain);
  const errors = validateSync(value, { whitelist: true, forbidNonWhitelisted: true });
  if (errors.length > 0) throw new Problem(refusal.status, refusal.code, { errors: fieldProblems(errors, refusal.at) });
  return value;
}

/** RFC 6901, one step. */
export const pointerTo = (property: string): string => `/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;

export function fieldProblems(errors: readonly ValidationError[], at = ''): FieldProblem[] {
  return errors.flatMap((error) => {
    const pointer = at + pointerTo(error.property);
    const nested = fieldProblems(error.children ?? [], pointer);
    return error.constraints === undefined ? nested : [{ pointer, code: codeOf(error) }, ...nested];
  });
}

function codeOf({ constraints = {}, value }: ValidationError): string {
  if ('whitelistValidation' in constraints) return 'unknown_property';
  if (value === undefined || value === null) return 'missing';
  if ('isIn' in constraints) return 'unknown_code';
  return 'bad_value';
}
