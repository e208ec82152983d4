import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import type { LoggerService, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { readJsonBodies } from './http/body-parser';
import { clientError, frameworkErrors } from './http/framework-errors';

const MAX_BODY = 1_048_576;
const MAX_FILE = 5 * 1_048_576;
const SLOW_CLIENT_MS = 15_000;

/** The api on Fastify: strict bodies, problem+json for every error, headers that keep data out of caches and frames. */
export async function createApi(module: Type, logger?: LoggerService): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_BODY,
    routerOptions: { maxParamLength: 200 },
    requestTimeout: SLOW_CLIENT_MS,
    http: { headersTimeout: SLOW_CLIENT_MS, connectionsCheckingInterval: 2_000, maxHeaderSize: 16_384 },
    keepAliveTimeout: 72_000,
    trustProxy: false,
    forceCloseConnections: true,
    frameworkErrors,
    clientErrorHandler: clientError,
  } as ConstructorParameters<typeof FastifyAdapter>[0]);
  const options = { bodyParser: false, ...(logger === undefined ? {} : { logger }) };
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, options);
  const fastify = adapter.getInstance();
  readJsonBodies(fastify as never);
  await app.register(multipart, { limits: { fileSize: MAX_FILE, files: 1, fields: 4 } });
  await app.register(helmet, { contentSecurityPolicy: { directives: DIRECTIVES }, hsts: { maxAge: 31_536_000 } });
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('cache-control', 'no-store');
    const hosts = request.raw.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
    done(hosts.length > 1 ? Object.assign(new Error('two hosts'), { statusCode: 400 }) : undefined);
  });
  SwaggerModule.setup('docs', app, () => openApi(app), { jsonDocumentUrl: 'openapi.json' });
  app.enableShutdownHooks();
  return app;
}

/** The documentation page carries its own scripts; everything else is data. */
const DIRECTIVES = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  frameAncestors: ["'none'"],
};

export function openApi(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('出生一件事联办 Birth One-Thing')
    .setDescription('One application after a birth; five services. Errors are RFC 9457 problem+json.')
    .setVersion('1')
    .addBearerAuth()
    .build();
  return SwaggerModule.createDocument(app, config);
}
