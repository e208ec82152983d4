import type { CaseEvent } from '@birth/domain';
import type { CaseConsent } from '../ports/case-store';
import type { ConsentView } from '../shapes/family-shapes';
import { iso, isoOrNull } from '../views/moments';

type Standing = Extract<CaseEvent, { type: 'confirmation_changed' }>['stands'];

/** One refusal refuses; all who are asked must agree. Requests that were replaced say nothing any more. */
export function standingOf(consents: readonly Pick<CaseConsent, 'state'>[]): Standing {
  const valid = consents.filter(({ state }) => state !== 'replaced');
  if (valid.some(({ state }) => state === 'refused')) return 'refused';
  return valid.every(({ state }) => state === 'agreed') ? 'given' : 'open';
}

export const latestOf = (consents: readonly CaseConsent[], parent: CaseConsent['parent']): CaseConsent | undefined =>
  consents.find((consent) => consent.parent === parent && consent.state !== 'replaced');

/** For the family that filed: who was asked, until when, and what was said. */
export const consentView = (consent: CaseConsent, now: number): ConsentView => ({
  id: consent.id,
  parent: consent.parent,
  purposes: consent.purposes,
  state: consent.state === 'open' && consent.expiresAt < now ? 'expired' : consent.state,
  via: consent.via,
  reason: consent.reason,
  askedAt: iso(consent.askedAt),
  expiresAt: iso(consent.expiresAt),
  answeredAt: isoOrNull(consent.answeredAt),
});
