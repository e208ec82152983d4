import type { ReceiptClaims, ReceiptSigner } from '@birth/application';
import { Injectable } from '@nestjs/common';
import { CompactSign, compactVerify, errors } from 'jose';
import type { KeyObject } from 'node:crypto';
import { signingKey } from './ed25519';
import { KeyRing } from './key-ring';

const ALGORITHM = 'EdDSA';
const TYPE = 'birth-receipt';

/** Its key is made from the master key, for this purpose alone: the same in every process, nowhere stored. */
@Injectable()
export class ReceiptKeys implements ReceiptSigner {
  private readonly secret: KeyObject;
  private readonly open: KeyObject;
  private readonly keyId: string;

  constructor(keys: KeyRing) {
    const { secret, open, thumbprint } = signingKey(keys.signingSeed('receipt'));
    this.secret = secret;
    this.open = open;
    this.keyId = thumbprint.slice(0, 12);
  }

  sign(claims: ReceiptClaims): Promise<string> {
    const { caseNumber, printedOn, results } = claims;
    const short = {
      c: caseNumber,
      d: printedOn,
      r: results.map(({ newborn, service, state }) => [newborn, service, state]),
    };
    return new CompactSign(Buffer.from(JSON.stringify(short)))
      .setProtectedHeader({ alg: ALGORITHM, kid: this.keyId, typ: TYPE })
      .sign(this.secret);
  }

  async read(code: string): Promise<ReceiptClaims | null> {
    try {
      const { payload, protectedHeader } = await compactVerify(code, this.open, { algorithms: [ALGORITHM] });
      return protectedHeader.typ === TYPE ? toClaims(payload) : null;
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }

  publicKey(): Readonly<Record<string, string>> {
    const { kty, crv, x } = this.open.export({ format: 'jwk' }) as Record<'kty' | 'crv' | 'x', string>;
    return { kty, crv, x, kid: this.keyId, alg: ALGORITHM, use: 'sig' };
  }
}

type Result = ReceiptClaims['results'][number];

/** Signed by us: its shape is what sign() wrote. */
function toClaims(payload: Uint8Array): ReceiptClaims {
  const { c, d, r } = JSON.parse(Buffer.from(payload).toString('utf8')) as {
    c: string;
    d: string;
    r: [Result['newborn'], Result['service'], Result['state']][];
  };
  return { caseNumber: c, printedOn: d, results: r.map(([newborn, service, state]) => ({ newborn, service, state })) };
}
