import type { LedgerEntry, LedgerLine } from './ledger-entry';
import type { LineFile } from './line-file';

/** What one agency did, in order, never changed. */
export class AgencyLedger {
  private readonly list: LedgerEntry[];
  private readonly latest = new Map<string, LedgerLine['snapshot']>();

  constructor(private readonly file: LineFile<LedgerLine> | null) {
    this.list = (file?.loaded ?? []).map(({ snapshot, ...entry }) => {
      this.latest.set(`${snapshot.desk}/${snapshot.id}`, snapshot);
      return entry;
    });
  }

  append(entry: LedgerEntry, snapshot: LedgerLine['snapshot']): void {
    this.list.push(entry);
    this.file?.append({ ...entry, snapshot });
  }

  entries(): readonly LedgerEntry[] {
    return this.list;
  }

  /** The cases of one desk as the last run left them, in the order in which they came. */
  restored(desk: string): LedgerLine['snapshot'][] {
    return [...this.latest.values()].filter((snapshot) => snapshot.desk === desk);
  }
}
