/** One signed statement over the ends of all chains and over what was said to us outside of cases. */
export interface SignedRoot {
  number: number;
  /** The statement as it was signed: canonical JSON (RFC 8785). */
  statement: string;
  keyId: string;
  signature: Buffer;
}

export interface KeptMessageLeaf {
  id: string;
  door: string;
  sender: string | null;
  keyId: string | null;
  outcome: string;
  size: number;
  /** SHA-256 of the body, hex. */
  digest: string;
  receivedAt: number;
}

/** What a root is made of, read at one moment. */
export interface RootDraft {
  /** null: none was signed before. */
  previous: { number: number; hash: Buffer } | null;
  /** The leaf of each of the buckets in which the cases' chains end, in order. */
  buckets: readonly Buffer[];
  /** Since the previous root, oldest first. */
  messages: readonly KeptMessageLeaf[];
}

export interface StatedRoot extends SignedRoot {
  casesRoot: Buffer;
  messagesRoot: Buffer;
  hash: Buffer;
}

export interface RootStore {
  /** At most one for an hour, whoever asks: null where it stands already or another process makes it just now. */
  append(hour: number, state: (draft: RootDraft) => StatedRoot): Promise<SignedRoot | null>;
}
export const ROOT_STORE = Symbol('ROOT_STORE');

export interface PublicEvidenceKey {
  kty: string;
  crv: string;
  x: string;
  kid: string;
}

/** Signs with a key that exists for evidence alone. */
export interface EvidenceSigner {
  readonly keyId: string;
  sign(bytes: Buffer): Buffer;
  publicKey(): PublicEvidenceKey;
}
export const EVIDENCE_SIGNER = Symbol('EVIDENCE_SIGNER');
