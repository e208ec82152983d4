import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import { ConfigError } from './read-config';

/** One JSON line an event, UTC. Only named fields are logged; people's words and numbers never are. */
export function createLogger(app: string, level = 'info'): Logger {
  return pino({ base: { app, pid: process.pid }, level, timestamp: pino.stdTimeFunctions.isoTime });
}

/** Nest's logger interface on pino: first argument the message, last the context. */
export class JsonLogger implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log(message: unknown, context?: string): void {
    this.pino.info({ context }, text(message));
  }
  warn(message: unknown, context?: string): void {
    this.pino.warn({ context }, text(message));
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.pino.error({ context: rest.at(-1) }, text(message));
  }
  debug(message: unknown, context?: string): void {
    this.pino.debug({ context }, text(message));
  }
  verbose(message: unknown, context?: string): void {
    this.pino.trace({ context }, text(message));
  }
}

/** Errors by their class only: a driver's message may carry a row's values. */
function text(message: unknown): string {
  if (message instanceof ConfigError) return message.message;
  if (message instanceof Error) return message.name;
  return typeof message === 'string' ? message : JSON.stringify(message);
}
