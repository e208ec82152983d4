import { MessageRefused } from '@birth/application';
import { Problem } from '@birth/platform';
import { HttpException } from '@nestjs/common';
import type { ProblemCode } from './problem-catalogue';

const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'bad_request',
  401: 'token_invalid',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'request_timeout',
  413: 'body_too_large',
  414: 'uri_too_long',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  431: 'headers_too_large',
};
/** What the reader of uploads says. */
const UPLOADS: Readonly<Record<string, Problem>> = {
  FST_REQ_FILE_TOO_LARGE: new Problem(413, 'file_too_large'),
  FST_FILES_LIMIT: new Problem(400, 'one_file_only'),
  FST_FIELDS_LIMIT: new Problem(400, 'one_file_only'),
  FST_PARTS_LIMIT: new Problem(400, 'one_file_only'),
};
/** PostgreSQL: lock not available, query cancelled, too many connections, shutting down, cannot connect now. */
const BUSY_SQL = new Set(['55P03', '57014', '53300', '57P01', '57P02', '57P03', 'ECONNREFUSED', 'ECONNRESET']);
const RETRY_SECONDS = 2;

/** Whatever was thrown as something that a caller may read; null for what is our own fault. */
export function toProblem(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  if (error instanceof MessageRefused) return new Problem(401, 'signature_invalid');
  if (error instanceof HttpException) return byStatus(error.getStatus());
  return ofLibrary(error as LibraryError);
}

interface LibraryError {
  statusCode?: number;
  code?: string;
  message?: string;
}

function ofLibrary({ statusCode = 0, code = '', message }: LibraryError): Problem | null {
  if (UPLOADS[code] !== undefined) return UPLOADS[code];
  if (statusCode >= 400 && statusCode < 500) return byStatus(statusCode);
  const isBusy = BUSY_SQL.has(code) || message === 'timeout exceeded when trying to connect';
  return isBusy ? new Problem(503, 'unavailable', { retryAfterSeconds: RETRY_SECONDS }) : null;
}

const byStatus = (status: number): Problem | null => {
  const code = BY_STATUS[status];
  if (code !== undefined) return new Problem(status, code);
  return status < 500 ? new Problem(status, 'bad_request') : null;
};
