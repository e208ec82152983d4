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

/** Append-only. A body is kept, sealed, only where its signature was good: anybody could fill the disk otherwise. */
export interface MessageEvidence {
  refused(message: RefusedMessage): Promise<void>;
}
export const MESSAGE_EVIDENCE = Symbol('MESSAGE_EVIDENCE');
