import type { GovernmentPortal, PortalFiling, PortalRecord, RecordReply } from '@birth/application';

/** The city's portal, played by the test; its messages are the filings themselves. */
export class TestPortal implements GovernmentPortal {
  readonly materials = new Map<string, Buffer | Error>();

  readFiling(body: Buffer): PortalFiling {
    return JSON.parse(body.toString('utf8')) as PortalFiling;
  }

  /** What it says to a record; throws where it does not answer. */
  onRecord: (record: PortalRecord) => Promise<RecordReply> = () => Promise.resolve({ outcome: 'acknowledged' });
  readonly records: PortalRecord[] = [];

  send(record: PortalRecord): Promise<RecordReply> {
    this.records.push(record);
    return this.onRecord(record);
  }

  fetchMaterial(reference: string): Promise<Buffer | null> {
    const found = this.materials.get(reference) ?? null;
    return found instanceof Error ? Promise.reject(found) : Promise.resolve(found);
  }
}
