import type { Agency } from '../agencies';
import { isObject } from '../wire/field-check';
import type { PlatformClient } from '../wire/platform-client';

const LIMIT = '100';

/** What is open for an agency, or for one of its offices: all pages; what cannot be read is passed over. */
export async function worklistItems(
  platform: Pick<PlatformClient, 'get'>,
  agency: Agency,
  office: string | null = null,
): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({
      agency,
      ...(office === null ? {} : { office }),
      limit: LIMIT,
      ...(cursor === null ? {} : { cursor }),
    });
    const page = await platform.get(agency, `/agency/v1/worklist?${query.toString()}`);
    if (!isObject(page) || !Array.isArray(page['items'])) return items;
    items.push(...page['items'].filter(isObject));
    cursor = typeof page['nextCursor'] === 'string' ? page['nextCursor'] : null;
  } while (cursor !== null);
  return items;
}
