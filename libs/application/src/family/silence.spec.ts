import type { CaseConsent } from '../ports/case-store';
import { silentFrom } from './silence';

const DAY = 86_400_000;
const request = (changes: Partial<CaseConsent>): CaseConsent => ({
  id: '',
  parent: 'father',
  purposes: ['certificate_data'],
  state: 'open',
  askedAt: 0,
  expiresAt: 30 * DAY,
  answeredAt: null,
  reason: null,
  via: null,
  ...changes,
});

describe('P7: from when a father counts as silent', () => {
  it.each<[string, CaseConsent[], number | null]>([
    ['asked once', [request({ askedAt: DAY })], 8 * DAY],
    [
      'asked again because a link was lost: since the first time',
      [request({ state: 'replaced', askedAt: DAY }), request({ askedAt: 6 * DAY })],
      8 * DAY,
    ],
    [
      'asked again after a refusal: since then',
      [request({ state: 'replaced', askedAt: DAY, answeredAt: 2 * DAY }), request({ askedAt: 6 * DAY })],
      13 * DAY,
    ],
    ['refused', [request({ state: 'refused', answeredAt: 2 * DAY })], null],
    ['agreed', [request({ state: 'agreed', answeredAt: 2 * DAY })], null],
    [
      'agreed to be named, and asked about the name alone since',
      [request({ state: 'replaced', answeredAt: 2 * DAY }), request({ askedAt: 6 * DAY, purposes: ['child_name'] })],
      null,
    ],
    ['left out before', [request({ state: 'replaced' })], null],
  ])('%s', (_name, asked, expected) => expect(silentFrom(asked, 7)).toBe(expected));
});
