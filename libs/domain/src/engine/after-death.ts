import type { StepRecord } from '../case-state';
import { PAPERS, type StepCode } from '../vocabulary';
import type { CaseDraft, HistoryEntry } from './case-draft';
import { isBeingVerified } from './standing';

/** What has no use any more (policy P16). */
const STOPPED: readonly StepCode[] = [
  'vaccination',
  'social_security_card',
  'identity_backfill',
  'insurance_identity_update',
  'delivery',
];

export const hasDied = (draft: CaseDraft, { newbornIndex }: Pick<StepRecord, 'newbornIndex'>): boolean =>
  draft.newborn(newbornIndex).deathReportedAt !== null;

export const isStopped = (draft: CaseDraft, step: StepRecord): boolean =>
  STOPPED.includes(step.code) && hasDied(draft, step);

/** Birth and death are registered in one visit; a registration that was done before is only looked up. */
export const isRegisteredInPerson = (draft: CaseDraft, step: StepRecord): boolean =>
  step.code === 'household_registration' && step.mode !== 'already_done' && hasDied(draft, step);

/** The service sends nothing more for it; of an agency's answers the last word alone counts. */
export const isSetAside = (draft: CaseDraft, step: StepRecord): boolean =>
  isStopped(draft, step) || isRegisteredInPerson(draft, step);

/** At the window, or being compared by a clerk: of what was sent before only a registration that was made counts. */
export const isInPersonsHands = (draft: CaseDraft, step: StepRecord): boolean =>
  isRegisteredInPerson(draft, step) &&
  (isBeingVerified(step) || (step.state === 'action_needed' && step.sentGeneration === 0));

/** A step that was set aside is free: it ends, or goes on at the window. */
export function endAfterDeath(draft: CaseDraft, step: StepRecord, detail: HistoryEntry['detail'] = {}): void {
  const free = { withdrawalRequestedAt: null, correctionDueAt: null } as const;
  if (isRegisteredInPerson(draft, step)) return registerInPerson(draft, step, detail);
  draft.move(step.id, { ...free, state: 'cancelled', reason: 'newborn_died', owner: 'platform' }, 'cancelled', detail);
}

/** Birth and death in one visit; what still waits for the certificate is only planned so. */
export function registerInPerson(draft: CaseDraft, step: StepRecord, detail: HistoryEntry['detail'] = {}): void {
  const way = { route: 'window', papers: papersOf(draft, step), holds: [] } as const;
  if (step.state === 'waiting') {
    draft.move(step.id, way, 'planned_again', { route: 'window' });
    return;
  }
  const asked = { state: 'action_needed', reason: 'birth_and_death_registration', owner: 'applicant' } as const;
  const asNew = {
    sentGeneration: 0,
    withdrawalRequestedAt: null,
    correctionDueAt: null,
    promise: null,
    promisedOn: null,
  } as const;
  draft.move(step.id, { ...way, ...asked, ...asNew }, 'planned_again', { route: 'window', ...detail });
}

function papersOf(draft: CaseDraft, step: StepRecord): StepRecord['papers'] {
  const wanted = new Set([...step.papers, ...draft.context.settings.deathPapers]);
  return PAPERS.filter((paper) => wanted.has(paper));
}
