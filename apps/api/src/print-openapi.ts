import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { writeFileSync } from 'node:fs';
import { ApiModule } from './api.module';
import { openApi } from './documents/open-api';

/** The document without a database, a queue or a key: routes and shapes are read, nothing is started. */
export async function printedOpenApi(): Promise<string> {
  const options = { preview: true, logger: false, abortOnError: false } as const;
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule, new FastifyAdapter(), options);
  return `${JSON.stringify(openApi(app), null, 2)}\n`;
}

async function main(file: string): Promise<void> {
  writeFileSync(file, await printedOpenApi());
}

const [, , file] = process.argv;
if (require.main === module && file !== undefined) void main(file);
