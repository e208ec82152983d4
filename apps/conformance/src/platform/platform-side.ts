import type { KeyObject } from 'node:crypto';

/** What the platform holds, counted on its own database. */
export interface Held {
  /** Rows that are evidence of a message: refused, unplaced, or of a case. */
  evidence: number;
  /** Of every step its state, reason and version; the same text while nothing moved. */
  steps: string;
}

/** The platform, told something by somebody who says that it is the health commission. */
export interface PlatformSide {
  url: string;
  keyOf(owner: 'health-commission' | 'public-security'): KeyObject;
  /** A case of the health commission that has ended with a certificate. */
  finished: { key: string; receipt: string; sequence: number };
  held(): Promise<Held>;
}
