import type { ListedPage, ListedRequest, ListRange } from '@birth/application';
import { toLocalText } from './local-time';
import { broken, type Fields } from './parse';

/** More than an honest list has: one that never ends is a broken one. */
const MOST = 500;

/** A page of a list as two of the agencies write it: `items`, and `next` for the page after. */
export function readPage(fields: Fields, read: (item: Fields) => ListedRequest): ListedPage {
  const items = fields.list('items');
  if (items.length > MOST) throw broken('items');
  return { requests: items.map(read), next: fields.textOrNull('next') };
}

/** `from` and `to` as `yyyy-MM-dd HH:mm:ss` of Asia/Shanghai, `to` not included. */
export const rangeQuery = ({ from, until, after }: ListRange): Record<string, string> => ({
  from: toLocalText(from),
  to: toLocalText(until + 999),
  ...(after === null ? {} : { after }),
});
