import { Problem } from '@birth/platform';
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { localeOf } from './locale';
import { problemBody, problemHeaders } from './problem-reply';
import { toProblem } from './to-problem';

/** Every error leaves as problem+json; what is our own fault is logged by its kind and place, and says nothing else. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    if (reply.raw.headersSent) return void reply.raw.destroy();
    const known = toProblem(error);
    if (known === null) this.logger.error(describe(error));
    const problem = known ?? new Problem(500, 'internal');
    const body = problemBody(problem, localeOf(request.headers['accept-language']));
    void reply.status(problem.status).headers(problemHeaders(problem)).send(JSON.stringify(body));
  }
}

/** Class, code and our own frames: a driver's message may carry a row's values. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'thrown value';
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trim().startsWith('at '))
    .slice(0, 6);
  return `${error.name} ${(error as { code?: string }).code ?? ''} ${frames.join(' | ')}`;
}
