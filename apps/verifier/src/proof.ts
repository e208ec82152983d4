import { bytesOfHex, leafHash, nodeHash, sha256, START, uint32 } from './digests';
import type { Pack, PackedProof } from './pack';
import { statementOf } from './roots';

const BUCKET_BITS = 12;
const HEAD_CONTEXT = 'birth-head/1';

/** The chains reach at least as far as when the root was signed, and the root holds them. */
export function brokenProof(pack: Pack, proof: PackedProof): string[] {
  return [...brokenEnds(pack, proof), ...brokenInclusion(pack.applicationId, proof)];
}

function brokenEnds({ events, exchanges }: Pack, { entry }: PackedProof): string[] {
  const endAt = (links: readonly { hash: string }[], seq: number) =>
    seq === 0 ? START.toString('hex') : links[seq - 1]?.hash;
  return [
    ...(endAt(events, entry.eventSeq) === entry.eventHead
      ? []
      : ['entry: the events are not those of the signed root']),
    ...(endAt(exchanges, entry.exchangeSeq) === entry.exchangeHead
      ? []
      : ['entry: the exchanges are not those of the signed root']),
  ];
}

function brokenInclusion(applicationId: string, { entry, bucket, path, roots }: PackedProof): string[] {
  const key = sha256(bytesOfHex(applicationId.replaceAll('-', '')));
  const number = key.readUInt16BE(0) >> (16 - BUCKET_BITS);
  const value = sha256(
    HEAD_CONTEXT,
    key,
    uint32(entry.eventSeq),
    bytesOfHex(entry.eventHead),
    uint32(entry.exchangeSeq),
    bytesOfHex(entry.exchangeHead),
  );
  const own = bucket.filter(([named]) => named === key.toString('hex'));
  const last = roots.at(-1);
  const root = last === undefined ? '' : statementOf(last.statement).casesRoot;
  return [
    ...(own.length === 1 && own[0]?.[1] === value.toString('hex') ? [] : ['entry: the bucket does not hold it once']),
    ...(isOrdered(bucket, number) ? [] : ['bucket: it is not in order']),
    ...(path.length === BUCKET_BITS && climb(bucket, path, number) === root ? [] : ['path: it leads to another root']),
  ];
}

/** In strict order, so that no case has two places, and none of another bucket. */
const isOrdered = (bucket: PackedProof['bucket'], number: number): boolean =>
  bucket.every(
    ([key], index) =>
      bytesOfHex(key).length === 32 &&
      bytesOfHex(key).readUInt16BE(0) >> (16 - BUCKET_BITS) === number &&
      (index === 0 || (bucket[index - 1]?.[0] ?? '') < key),
  );

function climb(bucket: PackedProof['bucket'], path: readonly string[], number: number): string {
  const start = leafHash(Buffer.concat(bucket.flatMap(([key, value]) => [bytesOfHex(key), bytesOfHex(value)])));
  return path
    .map(bytesOfHex)
    .reduce((hash, beside, height) => {
      const isRight = ((number >> height) & 1) === 1;
      return isRight ? nodeHash(beside, hash) : nodeHash(hash, beside);
    }, start)
    .toString('hex');
}
