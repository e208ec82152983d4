import { Problem } from '@birth/platform';
import type { FastifyInstance } from 'fastify';

interface Route {
  method: string;
  path: RegExp;
}

/** RFC 9110, 15.5.6: a known address under another method is 405 and says what is allowed; anything else stays 404. */
export function refuseOtherMethods(fastify: FastifyInstance): void {
  const routes: Route[] = [];
  fastify.addHook('onRoute', ({ method, url }) => {
    if (url.includes('*')) return;
    for (const name of [method].flat()) routes.push({ method: name, path: pathPattern(url) });
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    const [path = ''] = request.url.split('?');
    const allowed = routes.filter((route) => route.path.test(path)).map(({ method }) => method);
    if (allowed.length === 0) return done();
    void reply.header('allow', [...new Set(allowed)].sort().join(', '));
    done(new Problem(405, 'method_not_allowed'));
  });
}

const pathPattern = (url: string): RegExp => {
  const segments = url.split('/').map((segment) => (segment.startsWith(':') ? '[^/]+' : escaped(segment)));
  return new RegExp(`^${segments.join('/')}$`);
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
