import { bytesOfHex, sha256, START } from './digests';
import type { PackedEvent, PackedExchange } from './pack';

export const brokenEvents = (events: readonly PackedEvent[]): string[] =>
  brokenLinks('event', events, (event) => JSON.stringify(eventFields(event)));

export const brokenExchanges = (exchanges: readonly PackedExchange[]): string[] => [
  ...brokenLinks('exchange', exchanges, (exchange) => JSON.stringify(exchangeFields(exchange))),
  ...exchanges.flatMap(brokenBodies),
];

function brokenLinks<L extends { seq: number; hash: string }>(
  name: string,
  links: readonly L[],
  canonical: (link: L) => string,
): string[] {
  let previous: Buffer = START;
  return links.flatMap((link, index) => {
    const due = sha256(previous, canonical(link));
    previous = bytesOfHex(link.hash);
    return [
      ...(link.seq === index + 1 ? [] : [`${name} ${index + 1}: stands as number ${link.seq}`]),
      ...(due.toString('hex') === link.hash ? [] : [`${name} ${index + 1}: its hash is another`]),
    ];
  });
}

function eventFields(event: PackedEvent): unknown[] {
  const { seq, stepId, newbornIndex, type, fromState, toState, reason, actor, actorId, at } = event;
  const detail = Object.entries(event.detail).sort(([a], [b]) => (a < b ? -1 : 1));
  return [seq, stepId, newbornIndex, type, fromState, toState, reason, actor, actorId, detail, at];
}

const exchangeFields = (exchange: PackedExchange) => ({
  direction: exchange.direction,
  durationMs: exchange.durationMs,
  format: 'exchange/1',
  generation: exchange.generation,
  id: exchange.id,
  keyId: exchange.keyId,
  method: exchange.method,
  path: exchange.path,
  replyDigest: exchange.replyDigest,
  replyKeyId: exchange.replyKeyId,
  requestDigest: exchange.requestDigest,
  seq: exchange.seq,
  startedAt: exchange.startedAt,
  status: exchange.status,
  stepId: exchange.stepId,
});

/** What was said, where the pack shows it. */
function brokenBodies({ seq, bodies, requestDigest, replyDigest }: PackedExchange): string[] {
  if (bodies === undefined) return [];
  const salt = Buffer.from(bodies.salt, 'base64');
  const digest = (body: string) => sha256(salt, Buffer.from(body, 'base64')).toString('hex');
  const reply = bodies.reply === null ? null : digest(bodies.reply);
  return [
    ...(digest(bodies.request) === requestDigest ? [] : [`exchange ${seq}: the request is another`]),
    ...(reply === replyDigest ? [] : [`exchange ${seq}: the reply is another`]),
  ];
}
