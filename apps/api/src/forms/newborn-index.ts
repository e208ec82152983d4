import { Problem } from '@birth/platform';

/** A newborn's place in its application, as an address names it. */
export function newbornIndexOf(text: string): number {
  if (!/^\d$/.test(text)) throw new Problem(404, 'not_found');
  return Number(text);
}
