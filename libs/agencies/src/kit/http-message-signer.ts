import { AgencyUnavailable, MessageRefused, OutcomeUnknown } from '@birth/application';
import { randomUUID, sign } from 'node:crypto';
import type { KeyPair } from './key-pair';
import {
  checkDigest,
  contentDigest,
  findSignature,
  keyOf,
  parameter,
  refuseUncovered,
  refuseUnsigned,
  signatureBase,
  signatureBytes,
} from './signature-base';
import type { HttpAlgorithm, SigningKey } from './signing-keys';

const REQUEST_TAG = 'birth-platform';
const REPLY_TAG = 'birth-agency-reply';
/** The request's own signature has our nonce in it: no reply to another request fits, and none fits twice. */
const REPLY_COVERS = ['@status', 'content-digest', 'content-type', '@method;req', '@target-uri;req', 'signature;req'];

export interface OutgoingRequest {
  method: string;
  /** Full address as sent, query included. */
  url: string;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

export interface RawReply {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
}

export interface SignedRequest {
  headers: Record<string, string>;
  keyId: string;
  /** Which key of the agency signed the reply to it; null where none is agreed. Throws OutcomeUnknown. */
  signerOf(reply: RawReply): string | null;
}

export interface SignatureProfile {
  keys: KeyPair;
  /** Whose keys verify the replies. */
  owner: string;
  algorithm: HttpAlgorithm;
  repliesAreSigned: boolean;
}

/** Signs requests (RFC 9421, RFC 9530) and believes a reply only if its agency signed it for that request. */
export class HttpMessageSigner {
  constructor(
    private readonly profile: SignatureProfile,
    private readonly now: () => number,
  ) {}

  sign(request: OutgoingRequest): SignedRequest {
    const key = this.profile.keys.own().first(this.profile.algorithm);
    if (key === undefined) throw new AgencyUnavailable('no key to sign with');
    const headers = signedHeaders(request, key, Math.floor(this.now() / 1000));
    const sent = { ...request, headers: { ...request.headers, ...headers } };
    return {
      headers,
      keyId: key.keyId,
      signerOf: (reply) => (this.profile.repliesAreSigned ? this.signerOf(reply, sent) : null),
    };
  }

  private signerOf(reply: RawReply, request: OutgoingRequest): string {
    try {
      return this.verified(reply, request);
    } catch (error) {
      if (!(error instanceof MessageRefused)) throw error;
      throw new OutcomeUnknown(`the reply is not signed by the agency: ${error.code}`);
    }
  }

  private verified(reply: RawReply, request: OutgoingRequest): string {
    const { label, input } = findSignature(reply.headers, REPLY_TAG);
    refuseUncovered(input, REPLY_COVERS);
    const keyId = String(parameter(input, 'keyid'));
    const key = keyOf(this.profile.keys.agencies(), keyId, this.profile.owner, this.now());
    const base = signatureBase(input, (name, isOfRequest) =>
      isOfRequest ? requestComponent(request, name) : replyComponent(reply, name),
    );
    refuseUnsigned(key, { input, base, signature: signatureBytes(reply.headers, label) });
    checkDigest(headerOf(reply, 'content-digest'), reply.body);
    return keyId;
  }
}

function signedHeaders(request: OutgoingRequest, key: HttpSigningKey, created: number): Record<string, string> {
  const content: Record<string, string> =
    request.body.length === 0 ? {} : { 'content-digest': contentDigest(request.body) };
  const covered = ['@method', '@target-uri', ...(request.body.length === 0 ? [] : ['content-digest', 'content-type'])];
  const list = covered.map((name) => `"${name}"`).join(' ');
  const parameters = `(${list});created=${created};nonce="${randomUUID()}";keyid="${key.keyId}";alg="${key.algorithm}";tag="${REQUEST_TAG}"`;
  const signed = { ...request, headers: { ...request.headers, ...content } };
  const lines = covered.map((name) => `"${name}": ${requestComponent(signed, name) ?? ''}`);
  const base = Buffer.from([...lines, `"@signature-params": ${parameters}`].join('\n'));
  const signature = signatureOf(base, key).toString('base64');
  return { ...content, 'signature-input': `birth=${parameters}`, signature: `birth=:${signature}:` };
}

type HttpSigningKey = Exclude<SigningKey, { algorithm: 'sm2' }>;

const signatureOf = (base: Buffer, { algorithm, key }: HttpSigningKey): Buffer =>
  algorithm === 'ed25519' ? sign(null, base, key) : sign('sha256', base, { key, dsaEncoding: 'ieee-p1363' });

function requestComponent(request: OutgoingRequest, name: string): string | undefined {
  if (name === '@method') return request.method;
  if (name === '@target-uri') return request.url;
  return name.startsWith('@') ? undefined : request.headers[name];
}

function replyComponent(reply: RawReply, name: string): string | undefined {
  if (name === '@status') return String(reply.status);
  return name.startsWith('@') ? undefined : headerOf(reply, name);
}

function headerOf({ headers }: RawReply, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}
