import type { RawMessage } from './agency-adapter';

/** Proof that a message came from who it says: RFC 9421 signature and RFC 9530 digest over the raw bytes. */
export interface MessageVerifier {
  /**
   * Verifies against the keys of one owner (an agency's code, or `hospital`). Signatures older than 60 s or more than
   * 10 s ahead are refused. Throws MessageRefused, without detail for the sender.
   */
  verify(owner: string, message: RawMessage): VerifiedMessage;
}

export interface VerifiedMessage {
  keyId: string;
  /** Unique per owner; kept with the inbox row. */
  nonce: string;
  /** The office that alone may use this key; otherwise all of its owner's may. */
  officeCode?: string;
}

export const MESSAGE_VERIFIER = Symbol('MESSAGE_VERIFIER');
