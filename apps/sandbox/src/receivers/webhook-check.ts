import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { nowMs } from '../wire/clock';

const TOLERANCE_S = 300;

/** A pushed message as its receiver checks it (docs/agencies/receivers.md): raw body, time, signature of a known secret. */
export function isFromPlatform(request: FastifyRequest, secrets: readonly string[]): boolean {
  const header = (name: string): string => String(request.headers[`webhook-${name}`] ?? '');
  const [id, timestamp] = [header('id'), header('timestamp')];
  const ageS = Math.abs(nowMs() / 1000 - Number(timestamp));
  if (id === '' || !(ageS <= TOLERANCE_S) || !Buffer.isBuffer(request.body)) return false;
  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), request.body]);
  const given = header('signature')
    .split(' ')
    .filter((one) => one.startsWith('v1,'))
    .map((one) => Buffer.from(one.slice(3), 'base64'));
  return secrets.some((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    const wanted = createHmac('sha256', key).update(signed).digest();
    return given.some((one) => one.length === wanted.length && timingSafeEqual(one, wanted));
  });
}
