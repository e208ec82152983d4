import { type ApplicationForm, type CaseEvent, parentsToAsk, type StepWay } from '@birth/domain';
import { type Asked, newConsent } from '../intake/consent-drafts';
import type { ConsentDraft, ConsentPurpose, LoadedCase } from '../ports/case-store';
import { latestOf } from './consent-standing';

/**
 * What every named parent who did not file is asked about a name that was chosen later: this name, and whatever he or she
 * has not agreed to yet. What was asked before opens nothing any more (policy P6, P7).
 */
export function nameConsents(
  loaded: LoadedCase,
  form: ApplicationForm,
  ways: readonly StepWay[],
  when: Asked,
): ConsentDraft[] {
  const waiting = ways.filter(({ needsConfirmation }) => needsConfirmation).map(({ code }) => code);
  if (waiting.length === 0) return [];
  const forHousehold: ConsentPurpose[] = waiting.includes('household_registration') ? ['surname_or_ethnicity'] : [];
  return parentsToAsk(form).map((parent) => {
    const earlier = latestOf(loaded.consents, parent);
    const unanswered = earlier === undefined || earlier.state === 'agreed' ? [] : earlier.purposes;
    const purposes = [...new Set<ConsentPurpose>(['child_name', ...unanswered, ...forHousehold])];
    const identity = form[parent]?.identity ?? { type: 'none', number: '' };
    return newConsent(parent, identity, purposes, when);
  });
}

export const nameAsked = (requests: readonly ConsentDraft[]): CaseEvent[] =>
  requests.map(({ parent }) => ({
    type: 'confirmation_changed',
    change: 'consent_asked',
    parent,
    via: 'online',
    stands: 'open',
  }));
