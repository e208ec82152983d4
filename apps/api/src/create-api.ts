import multipart from '@fastify/multipart';
import type { LoggerService, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { keepTurnedAway } from './agencies/turned-away';
import { ContractDocument } from './documents/contract.controller';
import { openApi } from './documents/open-api';
import { readJsonBodies } from './http/body-parser';
import { clientError, frameworkErrors } from './http/framework-errors';
import { refuseOtherMethods } from './http/routes';
import { secureHeaders } from './http/security-headers';
import { refuseOddRequests } from './http/strict-requests';

const MAX_BODY = 1_048_576;
const MAX_FILE = 5 * 1_048_576;
const MAX_HEADERS = 16_384;
const MAX_PARAM = 200;
const SLOW_CLIENT_MS = 12_000;
/** Node looks for slow clients only this often, every 30 s by default: a limit without it cuts nobody. */
const LOOK_FOR_SLOW_MS = 1_000;
const KEEP_ALIVE_MS = 72_000;

/** The api on Fastify: strict bodies, problem+json for every error, headers that keep data out of caches and frames. */
export async function createApi(module: Type, logger?: LoggerService): Promise<NestFastifyApplication> {
  const options = { bodyParser: false, ...(logger === undefined ? {} : { logger }) };
  const app = await NestFactory.create<NestFastifyApplication>(module, fastifyAdapter(), options);
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  refuseOtherMethods(fastify);
  refuseOddRequests(fastify);
  await secureHeaders(app);
  readJsonBodies(fastify);
  keepTurnedAway(fastify, app);
  await app.register(multipart, { limits: { fileSize: MAX_FILE, files: 1, fields: 4 } });
  const contract = app.get(ContractDocument);
  contract.comesFrom(() => openApi(app));
  SwaggerModule.setup('docs', app, () => contract.whole, { raw: false });
  app.enableShutdownHooks();
  return app;
}

function fastifyAdapter(): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: MAX_BODY,
    routerOptions: { maxParamLength: MAX_PARAM },
    requestTimeout: SLOW_CLIENT_MS,
    http: {
      headersTimeout: SLOW_CLIENT_MS,
      connectionsCheckingInterval: LOOK_FOR_SLOW_MS,
      maxHeaderSize: MAX_HEADERS,
    },
    keepAliveTimeout: KEEP_ALIVE_MS,
    trustProxy: false,
    // what was taken is answered before the process ends; connections without a request are closed at once
    forceCloseConnections: 'idle',
    frameworkErrors,
    clientErrorHandler: clientError,
  });
}
