import type { Caller, ClerkScope } from '@birth/application';
import { isProof } from '@birth/domain';
import { Problem } from '@birth/platform';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { JWTPayload } from 'jose';
import { CLERK_ROLES, type ClerkRole } from './policy';

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
  /** A door for signed messages has taken it in hand. */
  isRead?: true;
}

export function toCaller(payload: JWTPayload): Caller {
  const identity = verifiedIdentity(payload['verified_identity']);
  return { subject: subjectOf(payload), ...(identity === null ? {} : { identity }) };
}

export function toClerk(payload: JWTPayload): ClerkCaller {
  const roles = [...texts(payload['roles']), ...texts(payload['role'])].filter(isClerkRole);
  const scope = {
    regions: texts(payload['regions']),
    agencies: texts(payload['agencies']),
    offices: texts(payload['offices']),
  };
  return { subject: subjectOf(payload), roles, scope };
}

/** A subject is unique at its issuer only (RFC 9068). */
export const subjectOf = ({ iss, sub }: Pick<JWTPayload, 'iss' | 'sub'>): string => `${iss}|${sub}`;

/** A claim that is not there names nothing; one that cannot be read is refused. */
function texts(claim: unknown): string[] {
  if (claim === undefined) return [];
  const list: unknown[] = Array.isArray(claim) ? claim : [claim];
  if (!list.every((item): item is string => typeof item === 'string')) throw new Problem(401, 'token_invalid');
  return list;
}

const isClerkRole = (role: string): role is ClerkRole => (CLERK_ROLES as readonly string[]).includes(role);

/** Who the caller proved to be: null without the claim or for one that says "no papers"; a claim that cannot be read is refused. */
function verifiedIdentity(claim: unknown): NonNullable<Caller['identity']> | null {
  if (claim === undefined || claim === null) return null;
  if (typeof claim !== 'object') throw new Problem(401, 'token_invalid');
  const { type, number, name, mobile } = claim as Record<string, unknown>;
  if (typeof type !== 'string' || typeof number !== 'string' || typeof name !== 'string') {
    throw new Problem(401, 'token_invalid');
  }
  if (!isProof({ type, number })) return null;
  return { type, number, name, ...(typeof mobile === 'string' ? { mobile } : {}) };
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
