import type { Once } from '@birth/application';
import { Problem } from '@birth/platform';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { Refuses } from '../documents/contract-notes';
import { describedBy } from '../forms/described-by';
import type { BirthRequest } from './authenticated';

const KEY = /^[\x21-\x7e]{1,255}$/;
const HEADER = {
  name: 'Idempotency-Key',
  required: true,
  description: 'The same key and body: the first answer again. Another body: 422.',
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: KEY.source },
};

const readOnce = createParamDecorator((_: unknown, context: ExecutionContext): Once => {
  const request = context.switchToHttp().getRequest<BirthRequest>();
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !KEY.test(key)) throw new Problem(400, 'idempotency_key_required');
  const route = `${request.method} ${request.url.split('?')[0] ?? ''}`;
  return { key, route, body: request.rawBody?.toString('utf8') ?? '' };
});

/** Idempotency-Key, the raw body and the address. 400 without a key. */
export const CurrentOnce = () =>
  describedBy(
    readOnce(),
    ApiHeader(HEADER),
    Refuses('idempotency_key_required', 'idempotency_key_reused', 'idempotency_in_progress'),
  );
