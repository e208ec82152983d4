import type { GovernmentPortal, PortalFiling } from '@birth/application';

/** The city's portal, played by the test; its messages are the filings themselves. */
export class TestPortal implements GovernmentPortal {
  readonly materials = new Map<string, Buffer | Error>();

  readFiling(body: Buffer): PortalFiling {
    return JSON.parse(body.toString('utf8')) as PortalFiling;
  }

  fetchMaterial(reference: string): Promise<Buffer | null> {
    const found = this.materials.get(reference) ?? null;
    return found instanceof Error ? Promise.reject(found) : Promise.resolve(found);
  }
}
