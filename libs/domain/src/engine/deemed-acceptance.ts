import { addDays, addWorkingDays, startOfDayMs, toShanghaiDate } from '@birth/standards';
import type { StepRecord } from '../case-state';
import type { CaseDraft } from './case-draft';
import { definedStep } from './defined-step';
import { startPromise } from './promise-clock';
import type { Timer } from './timer';

const DAY_MS = 86_400_000;
const TIMER = 'deemed_acceptance';

/** The agency has it and has not said whether it takes it: nothing is promised yet. */
const isSilent = ({ state, reason, promise }: StepRecord): boolean =>
  state === 'accepted' && reason === 'awaiting_acceptance' && promise === null;

/**
 * Policy P10: a silent agency counts as having accepted only where the county's definition names the law that says so
 * (行政许可法 art. 32: what is missing is told within five working days, else it is accepted from the day of receipt).
 */
export function deemedTimers(draft: CaseDraft, step: StepRecord): Timer[] {
  const days = definedStep(draft, step)?.deemedAcceptanceWorkingDays ?? null;
  const { deliveredAt, withdrawalRequestedAt } = step;
  if (days === null || deliveredAt === null || withdrawalRequestedAt !== null || !isSilent(step)) return [];
  const last = addWorkingDays(toShanghaiDate(deliveredAt), days, draft.context.calendar).date;
  return [{ name: TIMER, at: startOfDayMs(addDays(last, 1)) }];
}

export const isDeemedTimer = ({ name }: Timer): boolean => name === TIMER;

/** The promise runs from the day of receipt, and the office is told; nothing is done by it, and its own word still counts. */
export function deemAccepted(draft: CaseDraft, stepId: string): void {
  const step = draft.step(stepId);
  const { deliveredAt } = step;
  if (deliveredAt === null || !isSilent(step)) return;
  const promised = startPromise(draft, step, deliveredAt);
  const deliveredOn = toShanghaiDate(deliveredAt);
  draft.move(stepId, { reason: 'deemed_accepted', ...promised }, 'deemed_accepted', { deliveredOn });
  const { now } = draft.context;
  const endsAt = promised.promisedOn === null ? now : startOfDayMs(addDays(promised.promisedOn, 1));
  if (endsAt <= now) draft.note('timer_passed', draft.step(stepId), step.state, { timer: 'promise_red' });
  const dueAt = Math.max(endsAt, now + DAY_MS);
  draft.openTask({ stepId, kind: 'deemed_acceptance', reason: 'deemed_accepted', dueAt });
}
