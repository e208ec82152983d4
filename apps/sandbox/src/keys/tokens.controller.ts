import { createPublicKey } from 'node:crypto';
import { BadRequestException, Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { exportJWK, type JWK } from 'jose';
import { isObject, parseJson } from '../wire/field-check';
import { AccessTokens, TOKEN_KEY_ID, type TokenOrder } from './access-tokens';
import { KeyStore } from './key-store';

const SCOPE = ['regions', 'agencies', 'offices'];

/** Stands in for the identity provider: access tokens as of RFC 9068 for whoever asks. Development only. */
@Controller('_sandbox')
export class TokensController {
  constructor(
    private readonly keys: KeyStore,
    private readonly tokens: AccessTokens,
  ) {}

  @Post('tokens')
  @HttpCode(201)
  async issue(@Body() body: Buffer): Promise<{ accessToken: string }> {
    const accessToken = await this.tokens.sign(readOrder(parseJson(body)));
    return { accessToken };
  }

  @Get('jwks.json')
  async keySet(): Promise<{ keys: JWK[] }> {
    const jwk = await exportJWK(createPublicKey(this.keys.token));
    return { keys: [{ ...jwk, kid: TOKEN_KEY_ID, alg: 'ES256', use: 'sig' }] };
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
