import { createPrivateKey, createPublicKey } from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';

/** Without `hash` the library takes the message for its digest, and a forger chooses the message to fit. */
const AS_STANDARDISED = { hash: true, der: true } as const;
/** Two integers of at most 33 bytes, and their heads. */
const MAX_DER_BYTES = 72;
const MIN_DER_BYTES = 8;
const CURVE = '06082a811ccf5501822d';
const IN_SPKI = new RegExp(`^30593013[0-9a-f]{18}${CURVE}034200(04[0-9a-f]{128})$`);
const IN_PKCS8 = new RegExp(`${CURVE}04[0-9a-f]{2,6}30[0-9a-f]{2}0201010420([0-9a-f]{64})`);

export interface Sm2PublicKey {
  hex: string;
  /** Multiples of the point, made once: verifying is five times faster. */
  point: ReturnType<typeof sm2.precomputePublicKey>;
}

export interface Sm2PrivateKey {
  d: string;
  publicHex: string;
}

/** From PEM (SubjectPublicKeyInfo); a point that is not on the curve is refused. */
export function readSm2PublicKey(pem: string): Sm2PublicKey {
  const hex = IN_SPKI.exec(createPublicKey(pem).export({ type: 'spki', format: 'der' }).toString('hex'))?.[1];
  if (hex === undefined || !sm2.verifyPublicKey(hex)) throw new Error('no SM2 public key');
  return { hex, point: sm2.precomputePublicKey(hex) };
}

/** From PEM (PKCS#8). The number is read from the bytes: Node signs ECDSA, or SM2 without an id, with such a key. */
export function readSm2PrivateKey(pem: string): Sm2PrivateKey {
  const d = IN_PKCS8.exec(createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' }).toString('hex'))?.[1];
  if (d === undefined) throw new Error('no SM2 private key');
  return { d, publicHex: sm2.getPublicKeyFromPrivateKey(d) };
}

/** SM2 (GB/T 32918.2) under the id of GM/T 0009, as DER. */
export const signSm2 = (bytes: Uint8Array, { d, publicHex }: Sm2PrivateKey): Buffer =>
  Buffer.from(sm2.doSignature(bytes, d, { ...AS_STANDARDISED, publicKey: publicHex }), 'hex');

export function verifySm2(bytes: Uint8Array, der: Buffer, { hex, point }: Sm2PublicKey): boolean {
  if (der.length < MIN_DER_BYTES || der.length > MAX_DER_BYTES) return false;
  const options = { ...AS_STANDARDISED, publicKey: hex };
  try {
    return sm2.doVerifySignature(bytes, der.toString('hex'), point, options) === true;
  } catch {
    // it throws at numbers out of range and at what is no DER
    return false;
  }
}
