import type { Reply } from '@birth/application';
import type { FastifyReply } from 'fastify';

/** A use case's reply, first or replayed. */
export function sendReply(reply: FastifyReply, { status, body }: Reply): void {
  void reply.status(status).send(body);
}
