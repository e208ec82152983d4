import { fieldMessage, type Locale } from '@birth/application';
import { newId, type Problem } from '@birth/platform';
import type { ProblemBody } from './problem-shape';
import { problemWords } from './problem-words';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** RFC 9457. `instance` names this occurrence for the log; no value of a person, no URL. */
export function problemBody({ status, code, options }: Problem, locale: Locale): ProblemBody {
  return {
    type: `urn:birth-one-thing:problem:${code}`,
    ...problemWords(code, locale),
    status,
    code,
    instance: `urn:uuid:${newId()}`,
    ...(options.errors === undefined
      ? {}
      : {
          errors: options.errors.map(({ pointer, code: field }) => ({
            pointer,
            code: field,
            message: fieldMessage(field, locale),
          })),
        }),
    ...options.extra,
  };
}

export function problemHeaders({ status, options }: Problem): Record<string, string> {
  return {
    'content-type': PROBLEM_TYPE,
    'cache-control': 'no-store',
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    ...(options.retryAfterSeconds === undefined ? {} : { 'retry-after': String(options.retryAfterSeconds) }),
  };
}
