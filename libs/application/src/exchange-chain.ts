import { newId } from '@birth/platform';
import { createHash, randomBytes } from 'node:crypto';
import type { ChainHead } from './event-chain';
import type { ChainedExchange, ExchangeLink, StepExchange } from './ports/evidence';

const SALT_BYTES = 32;

/** Links what was exchanged to the chain of its case's exchanges. */
export function chainExchanges(exchanges: readonly StepExchange[], start: ChainHead): ChainedExchange[] {
  let previousHash = start.head;
  return exchanges.map((exchange, index) => {
    const salt = randomBytes(SALT_BYTES);
    const digest = (text: string, bytes?: Buffer) => saltedDigest(salt, bytes ?? Buffer.from(text));
    const unlinked = {
      ...exchange,
      id: newId(),
      seq: start.seq + index + 1,
      salt,
      keyId: exchange.keyId ?? null,
      replyKeyId: exchange.replyKeyId ?? null,
      requestDigest: digest(exchange.request, exchange.requestBytes),
      replyDigest: exchange.reply === null ? null : digest(exchange.reply, exchange.replyBytes),
    };
    const hash = exchangeHash(unlinked, previousHash);
    const chained = { ...unlinked, previousHash, hash };
    previousHash = hash;
    return chained;
  });
}

/** Personal data has few values: without the salt its digest would tell it to whoever tries them all. */
export const saltedDigest = (salt: Buffer, bytes: Buffer): Buffer =>
  createHash('sha256').update(salt).update(bytes).digest();

/** SHA-256 over the previous hash and the link as canonical JSON (RFC 8785): keys in order, no blanks. */
export function exchangeHash(link: ExchangeLink, previousHash: Buffer): Buffer {
  const canonical = {
    direction: link.direction,
    durationMs: link.durationMs,
    format: 'exchange/1',
    generation: link.generation,
    id: link.id,
    keyId: link.keyId,
    method: link.method,
    path: link.path,
    replyDigest: link.replyDigest?.toString('hex') ?? null,
    replyKeyId: link.replyKeyId,
    requestDigest: link.requestDigest.toString('hex'),
    seq: link.seq,
    startedAt: link.startedAt,
    status: link.status,
    stepId: link.stepId,
  };
  return createHash('sha256').update(previousHash).update(JSON.stringify(canonical)).digest();
}

/** The bytes behind a text, kept where they are not simply its UTF-8. */
export function wireBytes<K extends 'requestBytes' | 'replyBytes'>(
  name: K,
  text: string,
  bytes: Buffer,
): Partial<Record<K, Buffer>> {
  return bytes.equals(Buffer.from(text)) ? {} : ({ [name]: bytes } as Record<K, Buffer>);
}
