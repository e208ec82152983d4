import { pointerTo, Problem, validObject } from '@birth/platform';
import { createParamDecorator, type ExecutionContext, type Type } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Refuses } from '../documents/contract-notes';
import { describedBy } from './described-by';
import { queryWords } from './query-words';

/** What a JSON body can be refused for before anybody looks at its meaning. */
export const UNREADABLE_JSON = [
  'malformed_json',
  'body_must_be_object',
  'too_deep',
  'duplicate_key',
  'forbidden_key',
  'lone_surrogate',
] as const;
const UNREADABLE = Refuses(...UNREADABLE_JSON, 'body_too_large', 'invalid_request');

const part = (name: 'body' | 'query') =>
  createParamDecorator((type: Type<object>, context: ExecutionContext): object => {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const value = request[name];
    if (value == null) throw new Problem(400, 'body_must_be_object');
    return validObject(type, value);
  });
const [body, query] = [part('body'), part('query')];

/** The body as an instance of a class: every property known and valid, else 400 with pointers. */
export const ValidBody = (type: Type<object>) => describedBy(body(type), ApiBody({ type }), UNREADABLE);

/** The words after the question mark, read as strictly. */
export const ValidQuery = (type: Type<object>) =>
  describedBy(query(type), queryWords(type), Refuses('invalid_request'));

const nothing = createParamDecorator((_: unknown, context: ExecutionContext): void => {
  const sent = context.switchToHttp().getRequest<FastifyRequest>().body;
  if (sent == null) return;
  if (typeof sent !== 'object' || Array.isArray(sent)) throw new Problem(400, 'body_must_be_object');
  const errors = Object.keys(sent).map((name) => ({ pointer: pointerTo(name), code: 'unknown_property' }));
  if (errors.length > 0) throw new Problem(400, 'invalid_request', { errors });
});

/** A call that says all by its address: no body, or an empty object. */
export const NoBody = () =>
  describedBy(
    nothing(),
    ApiBody({ required: false, schema: { type: 'object', additionalProperties: false } }),
    UNREADABLE,
  );
