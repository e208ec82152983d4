import type { Caller, ClerkScope } from '@birth/application';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { JWTPayload } from 'jose';
import type { ClerkRole } from './policy';

export interface ClerkCaller {
  subject: string;
  roles: readonly ClerkRole[];
  scope: ClerkScope;
}

/** What the guard leaves on a request. */
export interface BirthRequest extends FastifyRequest {
  caller?: Caller;
  clerk?: ClerkCaller;
  rawBody?: Buffer;
}

export function toCaller(payload: JWTPayload): Caller {
  const identity = payload['verified_identity'] as Caller['identity'];
  const subject = `${payload.iss}|${payload.sub}`;
  return identity === undefined ? { subject } : { subject, identity };
}

export function toClerk(payload: JWTPayload): ClerkCaller {
  const list = (name: string): string[] => {
    const value = payload[name];
    return Array.isArray(value) ? value.map(String) : [];
  };
  const roles = [...list('roles'), ...(typeof payload['role'] === 'string' ? [payload['role']] : [])] as ClerkRole[];
  const scope = { regions: list('regions'), agencies: list('agencies'), offices: list('offices') };
  return { subject: `${payload.iss}|${payload.sub}`, roles, scope };
}

export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<BirthRequest>();
  if (caller === undefined) throw new Error('route without an applicant policy asks for a caller');
  return caller;
});

export const CurrentClerk = createParamDecorator((_: unknown, context: ExecutionContext): ClerkCaller => {
  const { clerk } = context.switchToHttp().getRequest<BirthRequest>();
  if (clerk === undefined) throw new Error('route without a clerk policy asks for a clerk');
  return clerk;
});
