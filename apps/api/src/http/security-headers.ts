import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const YEAR_S = 31_536_000;
const NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
/** The documentation page alone carries scripts and styles, its own. */
const OWN_SCRIPTS =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
const DOCS = /^\/docs(\/|\?|$)/;

/** HSTS, nosniff, no framing, no referrer; a browser that shows an answer as a page may load nothing. */
export async function secureHeaders(app: NestFastifyApplication): Promise<void> {
  await app.register(helmet, { contentSecurityPolicy: false, hsts: { maxAge: YEAR_S } });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      void reply.header('content-security-policy', DOCS.test(request.url) ? OWN_SCRIPTS : NOTHING);
      done();
    });
}
