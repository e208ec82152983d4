/** The format of a pack: docs/evidence.md. Read as it comes; every part is checked before it is believed. */
export interface Pack {
  format: string;
  caseNumber: string;
  applicationId: string;
  exportedAt: string;
  keys: PackedKey[];
  events: PackedEvent[];
  exchanges: PackedExchange[];
  unlinked: { id: string }[];
  proof: PackedProof | null;
}

export interface PackedKey {
  kty: string;
  crv: string;
  x: string;
  kid: string;
}

export interface PackedEvent {
  seq: number;
  stepId: string | null;
  newbornIndex: number | null;
  type: string;
  fromState: string | null;
  toState: string | null;
  reason: string | null;
  actor: string;
  actorId: string | null;
  detail: Record<string, unknown>;
  at: number;
  hash: string;
}

export interface PackedExchange {
  id: string;
  seq: number;
  stepId: string;
  generation: number;
  direction: string;
  method: string;
  path: string;
  status: number | null;
  startedAt: number;
  durationMs: number;
  keyId: string | null;
  replyKeyId: string | null;
  requestDigest: string;
  replyDigest: string | null;
  hash: string;
  bodies?: { salt: string; request: string; reply: string | null };
}

export interface PackedProof {
  entry: { eventSeq: number; eventHead: string; exchangeSeq: number; exchangeHead: string };
  bucket: [key: string, value: string][];
  path: string[];
  roots: { statement: string; signature: string }[];
}

export interface Statement {
  casesRoot: string;
  keyId: string;
  number: number;
  previous: string;
  hour: string;
}
