import { createHmac, timingSafeEqual } from 'node:crypto';

/** Standard Webhooks 1.0: seconds that a message may be away from the receiver's clock, either way. */
export const WEBHOOK_TOLERANCE_S = 300;
const PREFIX = 'whsec_';
const [MIN_BYTES, MAX_BYTES] = [24, 64];
/** Without the full stop that separates what is signed. */
const ID = /^[A-Za-z0-9_-]{1,64}$/;
const SECONDS = /^\d{1,12}$/;

export interface Webhook {
  /** The same on every attempt to deliver it. */
  id: string;
  body: string;
}

export type WebhookRefusal = 'headers_missing' | 'too_old' | 'too_new' | 'signature_wrong' | 'seen_before';

export class WebhookRefused extends Error {
  override readonly name = 'WebhookRefused';
  constructor(readonly code: WebhookRefusal) {
    super(code);
  }
}

/** `whsec_` and base64 of 24 to 64 bytes. */
export function webhookKey(secret: string): Buffer {
  const text = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret;
  const key = Buffer.from(text, 'base64');
  const isWhole = key.toString('base64') === text && key.length >= MIN_BYTES && key.length <= MAX_BYTES;
  if (!isWhole) throw new Error('a webhook secret is base64 of 24 to 64 bytes');
  return key;
}

const signatureOf = (secret: string, id: string, timestamp: string, body: string): Buffer =>
  createHmac('sha256', webhookKey(secret)).update(`${id}.${timestamp}.${body}`).digest();

/** Headers of one attempt. During a roll-over both secrets sign: who knows either takes it. */
export function webhookHeaders(
  { id, body }: Webhook,
  secrets: readonly [string, ...string[]],
  now: number,
): Record<string, string> {
  if (!ID.test(id)) throw new Error('a webhook id is 1 to 64 of A-Z a-z 0-9 _ -');
  const timestamp = String(Math.floor(now / 1000));
  const signatures = secrets.map((secret) => `v1,${signatureOf(secret, id, timestamp, body).toString('base64')}`);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

export interface WebhookReceiver {
  secrets: readonly string[];
  now: number;
  /** Notes the id for at least twice the tolerance; false if it was noted before. */
  isNew: (id: string) => boolean;
}

/** As a receiver has to: signature over the raw body, time, and each id once. Throws WebhookRefused. */
export function verifyWebhook(
  headers: Readonly<Record<string, string | undefined>>,
  body: string,
  { secrets, now, isNew }: WebhookReceiver,
): string {
  const { 'webhook-id': id = '', 'webhook-timestamp': timestamp = '', 'webhook-signature': given = '' } = headers;
  if (!ID.test(id) || !SECONDS.test(timestamp) || given === '') throw new WebhookRefused('headers_missing');
  refuseAge(now / 1000 - Number(timestamp));
  const expected = secrets.map((secret) => signatureOf(secret, id, timestamp, body));
  const candidates = given.split(' ').map(decoded);
  const isSigned = expected.some((one) => candidates.some((bytes) => isSame(bytes, one)));
  if (!isSigned) throw new WebhookRefused('signature_wrong');
  if (!isNew(id)) throw new WebhookRefused('seen_before');
  return id;
}

function refuseAge(ageS: number): void {
  if (ageS > WEBHOOK_TOLERANCE_S) throw new WebhookRefused('too_old');
  if (ageS < -WEBHOOK_TOLERANCE_S) throw new WebhookRefused('too_new');
}

/** Versions that we do not know are passed over, as the specification asks. */
function decoded(signature: string): Buffer {
  const [version, text = ''] = signature.split(',');
  return version === 'v1' ? Buffer.from(text, 'base64') : Buffer.alloc(0);
}

const isSame = (bytes: Buffer, expected: Buffer): boolean =>
  bytes.length === expected.length && timingSafeEqual(bytes, expected);
