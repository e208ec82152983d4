import type { AgencyCode } from '@birth/domain';
import type { MessageReference } from './agency-adapter';
import type { InboxRow } from './case-store';

/** A kept message whose step is known by now. */
export interface KeptMessage {
  agency: AgencyCode;
  messageId: string;
  /** null: what is stored does not open. */
  body: Buffer | null;
  receivedAt: number;
  keyId: string;
  stepId: string;
  generation: number | null;
}

export type Kept = 'kept' | 'duplicate' | 'reused';

/** Signed messages that change nothing when they come: none of them is lost (engine: answers). */
export interface InboxStore {
  /** About a step that nobody knows (yet). */
  keepUnmatched(row: InboxRow, reference: MessageReference): Promise<Kept>;
  /** Unreadable: kept under the digest of its bytes, so that its message id stays free for one that can be read. */
  keepBroken(row: Omit<InboxRow, 'kind' | 'messageId'>): Promise<Kept>;
  /** Taken in before it is worked on, under its nonce. */
  keepReceived(row: InboxRow): Promise<Kept>;
  /** Unmatched ones received since then whose reference has appeared, oldest first. */
  matchable(receivedSince: number, limit: number): Promise<KeptMessage[]>;
  /** No longer to be matched: we cannot read any more what we could when it was kept. */
  giveUp(agency: string, messageId: string): Promise<void>;
}
export const INBOX_STORE = Symbol('INBOX_STORE');
