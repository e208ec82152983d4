import type { CaseEvent } from '@birth/domain';
import { latestOf, standingOf } from '../family/consent-standing';
import type { CaseConsent, LoadedCase } from '../ports/case-store';

/**
 * Parents who can give no word any more, as a clerk has seen: nobody waits for what they were asked and have not agreed to.
 * Newborns whose record a mother would have opened wait for the hospital's desk instead; `linked` has its record.
 */
export function endedWords(
  loaded: LoadedCase,
  parents: readonly CaseConsent['parent'][],
  linked: number | null = null,
): CaseEvent[] {
  const unheard = parents.filter((parent) => isWaitedFor(loaded, parent));
  if (unheard.length === 0) return [];
  const stands = standingOf(loaded.consents.filter(({ parent }) => !unheard.includes(parent)));
  const claimed = unheard.includes('mother') ? loaded.state.newborns.filter(({ index }) => index !== linked) : [];
  const owed = claimed.filter(({ index }) => isOnlyClaimed(loaded, index));
  return [
    ...owed.map(({ index: newbornIndex }): CaseEvent => ({
      type: 'hold_placed',
      newbornIndex,
      hold: 'record_not_linked',
    })),
    ...unheard.map((parent): CaseEvent => ({
      type: 'confirmation_changed',
      change: 'consent_ended',
      parent,
      via: 'desk',
      stands,
    })),
  ];
}

function isWaitedFor({ consents }: LoadedCase, parent: CaseConsent['parent']): boolean {
  const latest = latestOf(consents, parent);
  return latest !== undefined && latest.state !== 'agreed';
}

function isOnlyClaimed(loaded: LoadedCase, index: number): boolean {
  const { claim, birth } = loaded.open(index, ['claim', 'birth']);
  return claim !== null && birth === null;
}
