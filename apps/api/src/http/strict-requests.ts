import { Problem } from '@birth/platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const PLAIN = 'identity';

/** What no handler may have to think of: refused before routing data is read. */
export function refuseOddRequests(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('cache-control', 'no-store');
    done(oddity(request) ?? undefined);
  });
}

function oddity(request: FastifyRequest): Problem | null {
  // Node takes the first of two (RFC 9112, 3.2 wants 400): a proxy may have taken the second
  if (countHeader(request, 'host') > 1) return new Problem(400, 'bad_request');
  // decoded by the router; PostgreSQL has no such character
  if (request.url.includes('%00')) return new Problem(400, 'nul_character');
  const encoding = request.headers['content-encoding'] ?? PLAIN;
  if (encoding !== PLAIN) return new Problem(415, 'unsupported_media_type');
  return null;
}

const countHeader = ({ raw }: FastifyRequest, wanted: string): number =>
  raw.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === wanted).length;
