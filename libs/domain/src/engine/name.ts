import type { StepWay } from '../case-plan';
import type { StepRecord } from '../case-state';
import { isTerminal, type Hold } from '../vocabulary';
import { hasDied } from './after-death';
import { goAnotherWay } from './another-way';
import type { CaseDraft } from './case-draft';
import { type CaseEvent, Refused } from './case-event';
import { bearFollowUp } from './follow-up';
import { liftHolds } from './holds';

/**
 * The name may ask for another route, papers, or both parents' word (P6, P7): each step that has not begun is planned
 * again before its hold is lifted, and what began under the mother's name is updated once.
 */
export function takeNameDecided(
  draft: CaseDraft,
  { newbornIndex, ways }: Extract<CaseEvent, { type: 'name_decided' }>,
): void {
  const steps = draft.ofNewborn(newbornIndex);
  if (!steps.some(({ holds, state }) => !isTerminal(state) && holds.includes('name_undecided'))) {
    throw new Refused('name_already_decided');
  }
  for (const step of steps) {
    const way = ways.find(({ code }) => code === step.code);
    if (way !== undefined && step.state === 'waiting') goAnotherWay(draft, step, way, asked(step, way));
  }
  const vaccination = steps.find(({ code }) => code === 'vaccination');
  if (vaccination !== undefined && hasBegunUnnamed(draft, vaccination)) {
    bearFollowUp(draft, vaccination, 'identity_backfill');
  }
  liftHolds(draft, newbornIndex, 'name_undecided');
}

/** Both parents are asked for this name, whatever they agreed to before there was one. */
const asked = ({ holds }: StepRecord, { needsConfirmation }: StepWay): Hold[] =>
  needsConfirmation ? [...holds, 'parent_confirmation'] : [...holds];

/**
 * Sent as 王芳之子, or under a name that is another now, or about to be: a call that is under way read the form before the name was in it. What the family did at
 * a counter is told there.
 */
export function hasBegunUnnamed(draft: CaseDraft, step: StepRecord): boolean {
  if (step.source === 'counter' || step.source === 'external' || hasDied(draft, step)) return false;
  if (draft.sibling(step, 'identity_backfill') !== undefined) return false;
  return step.state === 'completed' || (step.state !== 'waiting' && !isTerminal(step.state));
}
