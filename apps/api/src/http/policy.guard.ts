import { Problem } from '@birth/platform';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type BirthRequest, toCaller, toClerk } from './authenticated';
import { localeOf } from './locale';
import { POLICY, type RoutePolicy } from './policy';
import { TokenVerifier } from './token-verifier';

/** Denies by default; lets in whom the route's policy names. */
@Injectable()
export class PolicyGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: TokenVerifier,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const policy = this.reflector.getAllAndOverride<RoutePolicy | undefined>(POLICY, [
      context.getHandler(),
      context.getClass(),
    ]);
    const request = context.switchToHttp().getRequest<BirthRequest>();
    switch (policy?.kind) {
      case 'public':
      case 'signed':
        return true;
      case 'applicant':
        request.caller = {
          ...toCaller(await this.tokens.verify(request.headers.authorization, 'applicant')),
          locale: localeOf(request.headers['accept-language']),
        };
        return true;
      case 'clerk':
        return this.admitClerk(request, policy.roles);
      case undefined:
        throw new Problem(403, 'forbidden');
    }
  }

  private async admitClerk(request: BirthRequest, roles: readonly string[]): Promise<boolean> {
    const clerk = toClerk(await this.tokens.verify(request.headers.authorization, 'clerk'));
    if (!clerk.roles.some((role) => roles.includes(role))) throw new Problem(403, 'role_missing');
    request.clerk = clerk;
    return true;
  }
}
