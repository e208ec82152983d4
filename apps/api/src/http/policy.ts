import { SetMetadata } from '@nestjs/common';

export const CLERK_ROLES = ['viewer', 'clerk', 'supervisor', 'auditor', 'admin'] as const;
export type ClerkRole = (typeof CLERK_ROLES)[number];

/** Who may call a route. `signed`: an agency or hospital, proved by the signature that the use case verifies. */
export type RoutePolicy =
  { kind: 'public' } | { kind: 'signed' } | { kind: 'applicant' } | { kind: 'clerk'; roles: readonly ClerkRole[] };

export const POLICY = 'birth:policy';

/** Every route declares one, or the app refuses to start. */
export const Policy = (kind: 'public' | 'signed' | 'applicant') => SetMetadata(POLICY, { kind } satisfies RoutePolicy);

export const ClerkPolicy = (...roles: readonly ClerkRole[]) =>
  SetMetadata(POLICY, { kind: 'clerk', roles } satisfies RoutePolicy);

export const MAY_LOOK: readonly ClerkRole[] = CLERK_ROLES;
export const MAY_ACT: readonly ClerkRole[] = ['clerk', 'supervisor'];
