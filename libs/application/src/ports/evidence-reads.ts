import type { StepEventRow } from './case-store';
import type { ExchangeLink } from './evidence';
import type { SignedRoot } from './signed-roots';

export interface OpenedBodies {
  salt: Buffer | null;
  request: Buffer;
  reply: Buffer | null;
}

/** What was kept before exchanges were linked has no place, no digests and no hash. */
export interface KeptExchange extends Omit<ExchangeLink, 'seq' | 'requestDigest'> {
  seq: number | null;
  requestDigest: Buffer | null;
  hash: Buffer | null;
  /** null: not asked for. */
  bodies: OpenedBodies | null;
}

/** Where the case's chains stood at the last signed root, and its way to it. */
export interface RootProof {
  /** One after the other; the last is the one of the proof. */
  roots: readonly SignedRoot[];
  entry: { eventSeq: number; eventHead: Buffer; exchangeSeq: number; exchangeHead: Buffer };
  bucket: readonly { key: Buffer; value: Buffer }[];
  bucketNumber: number;
  /** Of every bucket at that root. */
  leaves: readonly Buffer[];
}

export interface CaseEvidence {
  applicationId: string;
  caseNumber: string;
  events: readonly StepEventRow[];
  exchanges: readonly KeptExchange[];
  /** null: no root was signed since the case was filed. */
  proof: RootProof | null;
}

export interface EvidenceReads {
  /** null: no such case. */
  ofCase(
    of: { caseNumber: string } | { applicationId: string },
    options: { withBodies: boolean; rootsSince: number | null },
  ): Promise<CaseEvidence | null>;
}

export const EVIDENCE_READS = Symbol('EVIDENCE_READS');
