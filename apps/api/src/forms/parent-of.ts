import type { ParentRole } from '@birth/domain';
import { Problem } from '@birth/platform';

/** A parent, as an address names him or her. */
export function parentOf(text: string): ParentRole {
  if (text !== 'mother' && text !== 'father') throw new Problem(404, 'not_found');
  return text;
}
