import 'reflect-metadata';
import { createLogger, endWithParent, JsonLogger, sayReady } from '@birth/platform';
import { NestFactory } from '@nestjs/core';
import { WorkerModule } from './worker.module';

async function main(): Promise<void> {
  const logger = new JsonLogger(createLogger('worker'));
  const app = await NestFactory.createApplicationContext(WorkerModule, { logger });
  app.enableShutdownHooks();
  endWithParent(() => app.close());
  sayReady();
}

void main();
