import { createHash, createPublicKey, type KeyObject, randomBytes } from 'node:crypto';
import { A, B, G, inverse, isOnCurve, mod, Multiples, N } from './sm2-curve';

/** GM/T 0009, 10. */
const USER_ID = Buffer.from('1234567812345678');
const BYTES = 32;
let generator: Multiples | undefined;
const ofGenerator = (): Multiples => (generator ??= new Multiples(G));

const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x0${Buffer.from(bytes).toString('hex')}`);
const toBytes = (number: bigint): Buffer => Buffer.from(number.toString(16).padStart(2 * BYTES, '0'), 'hex');

function coordinates(key: KeyObject): { x: bigint; y: bigint } {
  const point = key.export({ type: 'spki', format: 'der' }).subarray(-2 * BYTES);
  return { x: toNumber(point.subarray(0, BYTES)), y: toNumber(point.subarray(BYTES)) };
}

/** e = SM3(Z ‖ M), Z = SM3(length of the id ‖ id ‖ a ‖ b ‖ G ‖ key): GB/T 32918.2, 5.5 and 6.1. */
export function messageNumber(message: Buffer, { x, y }: { x: bigint; y: bigint }): bigint {
  const z = createHash('sm3')
    .update(Buffer.from([0, 8 * USER_ID.length]))
    .update(USER_ID);
  for (const part of [A, B, G.x, G.y, x, y]) z.update(toBytes(part));
  return toNumber(createHash('sm3').update(z.digest()).update(message).digest());
}

/** Signs with a key of the curve SM2 (PKCS#8). */
export class Sm2Signer {
  private readonly d: bigint;
  private readonly own: { x: bigint; y: bigint };

  constructor(key: KeyObject) {
    const hex = key.export({ type: 'pkcs8', format: 'der' }).toString('hex');
    this.d = BigInt(`0x${/0201010420([0-9a-f]{64})/.exec(hex)?.[1] ?? ''}`);
    this.own = coordinates(createPublicKey(key));
  }

  /** GB/T 32918.2, 6.1, as the DER of GM/T 0009. The random number is given in tests of published examples only. */
  sign(message: Buffer, k = (toNumber(randomBytes(BYTES + 8)) % (N - 1n)) + 1n): Buffer {
    const point = ofGenerator().times(k);
    const r = mod(messageNumber(message, this.own) + (point?.x ?? 0n), N);
    const s = mod(inverse(1n + this.d, N) * (k - r * this.d), N);
    return r === 0n || r + k === N || s === 0n ? this.sign(message) : toDer(r, s);
  }
}

/** Verifies signatures of one key. */
export class Sm2Verifier {
  private readonly key: { x: bigint; y: bigint };
  private readonly multiples: Multiples;

  constructor(key: KeyObject) {
    this.key = coordinates(key);
    if (!isOnCurve(this.key)) throw new Error('the key is no point of the curve');
    this.multiples = new Multiples(this.key);
  }

  /** GB/T 32918.2, 7.1. */
  verify(message: Buffer, der: Buffer): boolean {
    const pair = fromDer(der);
    if (pair === null) return false;
    const [r, s] = pair;
    const isInRange = r > 0n && r < N && s > 0n && s < N;
    const t = mod(r + s, N);
    if (!isInRange || t === 0n) return false;
    const point = ofGenerator().timesPlus(s, this.multiples, t);
    return point !== null && mod(messageNumber(message, this.key) + point.x, N) === r;
  }
}

function integer(number: bigint): Buffer {
  const hex = number.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const body = (bytes[0] ?? 0) > 127 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
  return Buffer.concat([Buffer.from([2, body.length]), body]);
}

function toDer(r: bigint, s: bigint): Buffer {
  const body = Buffer.concat([integer(r), integer(s)]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

/** Only what toDer writes: one value has one encoding. */
function fromDer(der: Buffer): [bigint, bigint] | null {
  const length = der[3] ?? 0;
  const [r, s] = [der.subarray(4, 4 + length), der.subarray(6 + length)].map(toNumber) as [bigint, bigint];
  return toDer(r, s).equals(der) ? [r, s] : null;
}
