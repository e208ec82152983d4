import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { KeyStore } from './keys/key-store';
import { PlatformKeys } from './keys/platform-keys';
import { SignedExchange } from './public-security/signed-exchange';
import type { SandboxConfig } from './sandbox.config';
import { SandboxModule } from './sandbox.module';
import { Arrivals } from './wire/arrivals';
import { addDefect } from './wire/defects';
import { addServerTiming } from './wire/server-timing';

const BODY_LIMIT = 1_048_576;

/** The sandbox, ready to listen. Bodies stay raw bytes: each agency reads them by its own rules. */
export async function createSandbox(config: SandboxConfig): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: BODY_LIMIT, forceCloseConnections: true });
  const fastify = adapter.getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  const arrivals = new Arrivals();
  arrivals.watch(fastify);
  addServerTiming(fastify);
  const app = await NestFactory.create<NestFastifyApplication>(SandboxModule.with(config, arrivals), adapter, {
    bodyParser: false,
    logger: ['error', 'fatal'],
  });
  new SignedExchange(app.get(KeyStore), app.get(PlatformKeys)).register(fastify);
  addDefect(fastify, config);
  return app;
}
