import { MessageRefused, type MessageVerifier, type RawMessage, type VerifiedMessage } from '@birth/application';
import type { InnerList } from 'structured-headers';
import {
  checkDigest,
  findSignature,
  type FoundSignature,
  keyOf,
  parameter,
  refuseUncovered,
  refuseUnsigned,
  signatureBase,
  signatureBytes,
} from './signature-base';
import type { AgencyKeyBook } from './signing-keys';

const MAX_AGE_S = 60;
const MAX_AHEAD_S = 10;
const NONCE = /^.{16,128}$/;
const WITH_BODY = ['@method', '@target-uri', 'content-digest', 'content-type'];
const WITHOUT_BODY = ['@method', '@target-uri'];

/** Verifies RFC 9421 signatures with RFC 9530 digests; two keys of an owner may be valid at once. */
export class HttpMessageVerifier implements MessageVerifier {
  constructor(
    private readonly keys: () => AgencyKeyBook,
    private readonly now: () => number,
  ) {}

  verify(owner: string, message: RawMessage): VerifiedMessage {
    const signature = findSignature(message.headers, 'birth-agency');
    try {
      return this.verified(owner, message, signature);
    } catch (error) {
      if (error instanceof MessageRefused) throw new MessageRefused(error.code, this.registered(signature.input));
      throw error;
    }
  }

  private verified(owner: string, message: RawMessage, { label, input }: FoundSignature): VerifiedMessage {
    const { keyid, nonce } = this.checkedParameters(input, message);
    const key = keyOf(this.keys(), keyid, owner, this.now());
    const base = signatureBase(input, (name, isOfRequest) => (isOfRequest ? undefined : component(message, name)));
    refuseUnsigned(key, { input, base, signature: signatureBytes(message.headers, label) });
    if (message.body.length > 0) checkDigest(message.headers['content-digest'], message.body);
    return { keyId: keyid, nonce, ...(key.officeCode === undefined ? {} : { officeCode: key.officeCode }) };
  }

  private registered(input: InnerList): string | null {
    const keyid = parameter(input, 'keyid');
    return typeof keyid === 'string' && this.keys().find(keyid, this.now()) !== undefined ? keyid : null;
  }

  private checkedParameters(input: InnerList, message: RawMessage): { keyid: string; nonce: string } {
    refuseUncovered(input, message.body.length > 0 ? WITH_BODY : WITHOUT_BODY);
    const created = parameter(input, 'created');
    const ageS = this.now() / 1000 - Number(created);
    if (typeof created !== 'number' || ageS > MAX_AGE_S || ageS < -MAX_AHEAD_S) {
      throw new MessageRefused('created_out_of_window');
    }
    const nonce = parameter(input, 'nonce');
    const keyid = parameter(input, 'keyid');
    if (typeof nonce !== 'string' || !NONCE.test(nonce) || typeof keyid !== 'string') {
      throw new MessageRefused('nonce_or_key_missing');
    }
    return { keyid, nonce };
  }
}

function component(message: RawMessage, name: string): string | undefined {
  if (name === '@method') return message.method;
  if (name === '@target-uri') return message.url;
  return name.startsWith('@') ? undefined : message.headers[name];
}
