import type { StepWay } from '../case-plan';
import type { StepRecord } from '../case-state';
import { HOLDS, type Hold } from '../vocabulary';
import { isRegisteredInPerson } from './after-death';
import { officeOf } from './office-assignment';
import type { CaseDraft } from './case-draft';

/** A step that has not begun is planned again: another office, route or papers, and who must agree to it. */
export function goAnotherWay(draft: CaseDraft, step: StepRecord, planned: StepWay, wanted: readonly Hold[]): void {
  if (isRegisteredInPerson(draft, step)) return;
  const { needsConfirmation: _asked, ...way } = planned;
  const office = officeOf(step, planned);
  const holds = HOLDS.filter((hold) => wanted.includes(hold));
  const isSame =
    step.route === way.route && step.papers.join() === way.papers.join() && step.holds.join() === holds.join();
  if (isSame) draft.change(step.id, { ...way, ...office });
  else draft.move(step.id, { ...way, ...office, holds }, 'planned_again', { route: way.route });
}
