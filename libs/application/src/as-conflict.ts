import { Refused } from '@birth/domain';
import { Problem } from '@birth/platform';

/** What the state does not allow is a conflict that the caller can read; anything else stays what it is. */
export function asConflict(error: unknown): never {
  if (error instanceof Refused) throw new Problem(409, error.code);
  throw error;
}
