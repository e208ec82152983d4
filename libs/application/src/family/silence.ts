import type { CaseConsent } from '../ports/case-store';

const DAY_MS = 86_400_000;

/**
 * From when a parent counts as silent (policy P7): the reminder's day after he was first asked, or asked again after an
 * answer. Null where he has agreed to be named, or refused and was not asked since: his word stands.
 */
export function silentFrom(asked: readonly CaseConsent[], reminderDays: number): number | null {
  const latest = asked.find(({ state }) => state !== 'replaced');
  if (latest?.state !== 'open' || !latest.purposes.includes('certificate_data')) return null;
  const answered = Math.max(0, ...asked.map(({ answeredAt }) => answeredAt ?? 0));
  const since = asked.filter(({ askedAt }) => askedAt >= answered).map(({ askedAt }) => askedAt);
  return Math.min(...since) + reminderDays * DAY_MS;
}
