import { validObject } from '@birth/platform';
import { createParamDecorator, type ExecutionContext, type Type } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

const part = (name: 'body' | 'query') =>
  createParamDecorator((type: Type<object>, context: ExecutionContext): object => {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    return validObject(type, request[name] ?? {});
  });

/** The body as an instance of a class: every property known and valid, else 400 with pointers. */
export const ValidBody = part('body');
export const ValidQuery = part('query');
