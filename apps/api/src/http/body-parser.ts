import { parseStrictJsonBytes, Problem, StrictJsonError } from '@birth/platform';
import type { FastifyInstance } from 'fastify';
import type { BirthRequest } from './authenticated';

/** Bodies of agencies are verified byte by byte before anybody reads them. */
const SIGNED = '/agency/';

/** JSON with one meaning only; the raw bytes stay for idempotency and signatures. */
export function readJsonBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    (request as BirthRequest).rawBody = body;
    if (request.url.startsWith(SIGNED)) return done(null, body);
    try {
      done(null, body.length === 0 ? undefined : parseStrictJsonBytes(body));
    } catch (error) {
      done(error instanceof StrictJsonError ? new Problem(400, error.problem) : (error as Error));
    }
  });
}
