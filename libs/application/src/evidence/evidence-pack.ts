import type { StepEventRow } from '../ports/case-store';
import type { CaseEvidence, KeptExchange, OpenedBodies, RootProof } from '../ports/evidence-reads';
import type { EvidenceSigner } from '../ports/signed-roots';
import { auditPath } from './merkle';

export const PACK_CONTEXT = 'birth-evidence-pack/1\0';

/** Two lines: what is known of a case, and the seal over the bytes of the first (docs/evidence.md). */
export function packOf(evidence: CaseEvidence, signer: EvidenceSigner, exportedAt: number): string {
  const linked = evidence.exchanges.filter(({ seq }) => seq !== null);
  const content = JSON.stringify({
    format: 'birth-evidence-pack/1',
    caseNumber: evidence.caseNumber,
    applicationId: evidence.applicationId,
    exportedAt: new Date(exportedAt).toISOString(),
    keys: [signer.publicKey()],
    events: evidence.events.map(packedEvent),
    exchanges: linked.map(packedExchange),
    unlinked: evidence.exchanges.filter(({ seq }) => seq === null).map(packedExchange),
    proof: evidence.proof === null ? null : packedProof(evidence.proof),
  });
  const signature = signer.sign(Buffer.from(PACK_CONTEXT + content)).toString('base64url');
  return `${content}\n${JSON.stringify({ keyId: signer.keyId, signature })}\n`;
}

const hex = (bytes: Buffer | null): string | null => bytes?.toString('hex') ?? null;
const base64 = (bytes: Buffer | null): string | null => bytes?.toString('base64') ?? null;

const packedEvent = ({ previousHash: _previous, hash, ...event }: StepEventRow) => ({ ...event, hash: hex(hash) });

const packedExchange = ({ requestDigest, replyDigest, hash, bodies, ...exchange }: KeptExchange) => ({
  ...exchange,
  requestDigest: hex(requestDigest),
  replyDigest: hex(replyDigest),
  hash: hex(hash),
  ...(bodies === null ? {} : { bodies: packedBodies(bodies) }),
});

const packedBodies = ({ salt, request, reply }: OpenedBodies) => ({
  salt: base64(salt),
  request: base64(request),
  reply: base64(reply),
});

const packedProof = ({ roots, entry, bucket, bucketNumber, leaves }: RootProof) => ({
  entry: {
    eventSeq: entry.eventSeq,
    eventHead: hex(entry.eventHead),
    exchangeSeq: entry.exchangeSeq,
    exchangeHead: hex(entry.exchangeHead),
  },
  bucket: bucket.map(({ key, value }) => [hex(key), hex(value)]),
  path: auditPath(leaves, bucketNumber).map(hex),
  roots: roots.map(({ statement, signature }) => ({ statement, signature: signature.toString('base64url') })),
});
