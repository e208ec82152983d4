import { MessageRefused } from '@birth/application';
import { Problem } from '@birth/platform';
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { localeOf } from './locale';
import { problemBody, problemHeaders } from './problem-reply';
import { toProblem } from './to-problem';

/** Every error leaves as problem+json; our own faults and untrusted messages are logged by codes, and nothing else. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    if (reply.raw.headersSent) return void reply.raw.destroy();
    const known = toProblem(error);
    if (known === null) this.logger.error(describe(error));
    if (error instanceof MessageRefused) this.logger.warn(refusalLine(error));
    const problem = known ?? new Problem(500, 'internal');
    const body = problemBody(problem, localeOf(request.headers['accept-language']));
    void reply.status(problem.status).headers(problemHeaders(problem)).send(JSON.stringify(body));
  }
}

/** Its sender reads none of this; nothing of what was sent is in it. */
const refusalLine = ({ code, keyId }: MessageRefused): string =>
  `message refused: ${code}, key ${keyId ?? 'not registered'}`;

/** Class, code and our own frames: a driver's message may carry a row's values. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'thrown value';
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trim().startsWith('at '))
    .slice(0, 6);
  return `${error.name} ${(error as { code?: string }).code ?? ''} ${frames.join(' | ')}`;
}
