import type { RefusalCode } from './agency-errors';

export const MESSAGE_DOORS = ['messages', 'birth-notifications', 'worklist', 'deliveries', 'portal'] as const;
export type MessageDoor = (typeof MESSAGE_DOORS)[number];

/** A message that was not trusted, as far as it is kept. */
export interface RefusedMessage {
  door: MessageDoor;
  /** An agency's code or `hospital`; null: nobody whom we know. */
  sender: string | null;
  /** One of our registered keys, else null. */
  keyId: string | null;
  code: RefusalCode;
  body: Buffer;
  receivedAt: number;
}

export const UNREAD_CODES = ['body_too_large', 'unsupported_media_type', 'not_read'] as const;

/** What was turned away before anybody read it: too large, of another type, to an address that is none. */
export interface UnreadMessage extends Pick<RefusedMessage, 'door' | 'sender' | 'receivedAt'> {
  code: (typeof UNREAD_CODES)[number];
  /** Bytes, as its sender announced them; 0 where it did not. */
  size: number;
}

/** Append-only. A body is kept, sealed, only where its signature was good: anybody could fill the disk otherwise. */
export interface MessageEvidence {
  refused(message: RefusedMessage): Promise<void>;
  /** Its digest is that of no bytes. */
  unread(message: UnreadMessage): Promise<void>;
}
export const MESSAGE_EVIDENCE = Symbol('MESSAGE_EVIDENCE');
