import { KeepRefused, type MessageDoor, type UnreadMessage } from '@birth/application';
import type { INestApplicationContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { BirthRequest } from '../http/authenticated';

const MESSAGES = /^\/agency\/v1\/([a-z-]+)\/messages$/;
const DOORS: readonly (readonly [RegExp, MessageDoor, sender: string])[] = [
  [/^\/agency\/v1\/birth-notifications$/, 'birth-notifications', 'hospital'],
  [/^\/agency\/v1\/worklist(\/|$)/, 'worklist', ''],
  [/^\/agency\/v1\/deliveries(\/|$)/, 'deliveries', ''],
  [/^\/agency\/v1\/portal\//, 'portal', 'government-portal'],
];
const BY_STATUS: Readonly<Record<number, UnreadMessage['code']>> = {
  413: 'body_too_large',
  415: 'unsupported_media_type',
};
const MOST_BYTES = 2_147_483_647;

/** Before its sender hears of it: a message that never reached its door leaves a row as well (security D11). */
export function keepTurnedAway(fastify: FastifyInstance, app: INestApplicationContext): void {
  fastify.addHook('onSend', async (request, reply) => {
    const isTurnedAway = reply.statusCode >= 400 && reply.statusCode < 500 && !(request as BirthRequest).isRead;
    const at = isTurnedAway ? doorOf(request.url) : null;
    if (at === null) return;
    const code = BY_STATUS[reply.statusCode] ?? 'not_read';
    await app.get(KeepRefused).unread({ ...at, code, size: announced(request) });
  });
}

/** null: no door for messages. */
export function doorOf(url: string): (Pick<UnreadMessage, 'door'> & { sender: string }) | null {
  const [path = ''] = url.split('?');
  const agency = MESSAGES.exec(path)?.[1];
  if (agency !== undefined) return { door: 'messages', sender: agency };
  const found = DOORS.find(([pattern]) => pattern.test(path));
  return found === undefined ? null : { door: found[1], sender: found[2] };
}

function announced({ headers }: FastifyRequest): number {
  const length = Number(headers['content-length'] ?? 0);
  return Number.isSafeInteger(length) && length > 0 ? Math.min(length, MOST_BYTES) : 0;
}
