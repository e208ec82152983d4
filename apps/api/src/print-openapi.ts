import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { writeFileSync } from 'node:fs';
import { ApiModule } from './api.module';
import { openApi } from './documents/open-api';

/**
 * `node dist/apps/api/src/print-openapi.js docs/openapi.json`: in Nest's preview mode, where nothing is
 * instantiated, so that neither a database nor a key is needed to write down the contract.
 */
async function main(file: string): Promise<void> {
  const options = { preview: true, logger: false, abortOnError: false } as const;
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule, new FastifyAdapter(), options);
  writeFileSync(file, `${JSON.stringify(openApi(app), null, 2)}\n`);
}

main(process.argv[2] ?? 'openapi.json').then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
    process.exit(1);
  },
);
