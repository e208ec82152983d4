import { type CaseRows, groupedBy, type InboxRow } from './case-rows';

/** A message to which its sender got a 2xx. */
export interface AcknowledgedMessage {
  signer: string;
  messageId: string;
}

const DISPOSITIONS = ['applied', 'recorded', 'conflict', 'stored', 'unmatched', 'broken'];

/** I9: what we said that we have is in the inbox, with what became of it. */
export function brokenPromises({ inbox }: CaseRows, acknowledged: readonly AcknowledgedMessage[]): string[] {
  const known = groupedBy(inbox, ({ agency, messageId }) => `${agency}/${messageId}`);
  return acknowledged.flatMap(({ signer, messageId }) => {
    const name = `${signer}/${messageId}`;
    const [row] = known.get(name) ?? [];
    return isKept(row) ? [] : [`I9 ${name}: answered with 2xx, ${row?.disposition ?? 'not'} in the inbox`];
  });
}

/** With its words: a row without them stands before it was decided about. */
const isKept = (row: InboxRow | undefined): boolean =>
  row !== undefined && row.bytes > 0 && DISPOSITIONS.includes(row.disposition);
