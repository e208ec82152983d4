import { createPublicKey, randomUUID } from 'node:crypto';
import { BadRequestException, Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { exportJWK, SignJWT, type JWK } from 'jose';
import { SandboxConfig } from '../sandbox.config';
import { nowMs } from '../wire/clock';
import { isObject, parseJson } from '../wire/field-check';
import { KeyStore } from './key-store';

const KEY_ID = 'sandbox-token-1';
const HOUR_S = 3600;
const SCOPE = ['regions', 'agencies', 'offices'];

interface TokenOrder {
  subject: string;
  audience: string;
  roles: string[];
  claims: Record<string, unknown>;
}

/** Stands in for the identity provider: access tokens as of RFC 9068 for whoever asks. Development only. */
@Controller('_sandbox')
export class TokensController {
  constructor(
    private readonly keys: KeyStore,
    private readonly config: SandboxConfig,
  ) {}

  @Post('tokens')
  @HttpCode(201)
  async issue(@Body() body: Buffer): Promise<{ accessToken: string }> {
    const order = readOrder(parseJson(body));
    const issuedAt = Math.floor(nowMs() / 1000);
    const accessToken = await new SignJWT({ roles: order.roles, ...order.claims })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: KEY_ID })
      .setIssuer(this.config.SANDBOX_ISSUER)
      .setSubject(order.subject)
      .setAudience(order.audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + HOUR_S)
      .setJti(randomUUID())
      .sign(this.keys.token);
    return { accessToken };
  }

  @Get('jwks.json')
  async keySet(): Promise<{ keys: JWK[] }> {
    const jwk = await exportJWK(createPublicKey(this.keys.token));
    return { keys: [{ ...jwk, kid: KEY_ID, alg: 'ES256', use: 'sig' }] };
  }
}

function readOrder(value: unknown): TokenOrder {
  if (!isObject(value)) throw new BadRequestException('an object');
  const { subject, audience, claims = {} } = value;
  if (typeof subject !== 'string') throw new BadRequestException('subject');
  if (typeof audience !== 'string') throw new BadRequestException('audience');
  if (!isObject(claims)) throw new BadRequestException('claims');
  return { subject, audience, roles: rolesIn(value), claims: { ...scopeIn(value), ...claims } };
}

function rolesIn({ role, roles }: Record<string, unknown>): string[] {
  const given: unknown = roles ?? (role === undefined ? [] : [role]);
  if (!Array.isArray(given) || !given.every(isText)) throw new BadRequestException('roles');
  return given;
}

/** A clerk's limits; the platform shows nothing in a dimension that names nothing, and `*` names all of it. */
function scopeIn(order: Record<string, unknown>): Record<string, string[]> {
  const given = SCOPE.filter((name) => order[name] !== undefined).map((name) => [name, textsIn(order, name)] as const);
  return Object.fromEntries(given);
}

function textsIn(order: Record<string, unknown>, name: string): string[] {
  const value = order[name];
  if (!Array.isArray(value) || !value.every(isText)) throw new BadRequestException(name);
  return value;
}

const isText = (value: unknown): value is string => typeof value === 'string';
