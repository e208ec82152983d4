import { Problem } from '@birth/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';
import { localeOf } from './locale';
import { problemBody, problemHeaders } from './problem-reply';
import { toProblem } from './to-problem';

/** Errors before routing: broken escapes in the address, parameters too long. */
export function frameworkErrors(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const problem = toProblem(error) ?? new Problem(400, 'bad_request');
  const body = problemBody(problem, localeOf(request.headers['accept-language']));
  void reply.status(problem.status).headers(problemHeaders(problem)).send(JSON.stringify(body));
}

const STATUS_TEXT: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

/** Errors before a request exists: oversize headers, broken framing, slow clients. */
export function clientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const problem = new Problem(status, status === 431 ? 'headers_too_large' : 'bad_request');
  const body = JSON.stringify(problemBody(problem, 'zh-CN'));
  const headers = Object.entries(problemHeaders(problem)).map(([name, value]) => `${name}: ${value}\r\n`);
  if (!socket.writable) return void socket.destroy();
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_TEXT[status]}\r\n${headers.join('')}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
