import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Says how long each request was in our hands (W3C Server Timing), so that who calls can tell us from the way to us. */
export function addServerTiming(fastify: FastifyInstance): void {
  const arrivedAt = new WeakMap<FastifyRequest, number>();
  fastify.addHook('onRequest', (request, _reply, done) => {
    arrivedAt.set(request, performance.now());
    done();
  });
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    const tookMs = performance.now() - (arrivedAt.get(request) ?? performance.now());
    reply.header('server-timing', `total;dur=${tookMs.toFixed(3)}`);
    done();
  });
}
