import { Problem } from '@birth/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';
import { localeOf } from './locale';
import { type ProblemCode, statusOf } from './problem-catalogue';
import { problemBody, problemHeaders } from './problem-reply';
import { toProblem } from './to-problem';

/** Errors before routing: broken escapes in the address, parameters too long. */
export function frameworkErrors(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const problem = toProblem(error) ?? new Problem(400, 'bad_request');
  const body = problemBody(problem, localeOf(request.headers['accept-language']));
  void reply.status(problem.status).headers(problemHeaders(problem)).send(JSON.stringify(body));
}

const SOCKET_ERRORS: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
};
const STATUS_TEXT: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

/** Errors before a request exists: oversize headers, broken framing, slow clients. */
export function clientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const code = SOCKET_ERRORS[error.code ?? ''] ?? 'bad_request';
  const status = statusOf(code);
  const problem = new Problem(status, code);
  const body = JSON.stringify(problemBody(problem, 'zh-CN'));
  const headers = Object.entries(problemHeaders(problem)).map(([name, value]) => `${name}: ${value}\r\n`);
  if (!socket.writable) return void socket.destroy();
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_TEXT[status]}\r\n${headers.join('')}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
