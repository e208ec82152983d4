import { addDays, addWorkingDays, startOfDayMs, toShanghaiDate } from '@birth/standards';
import type { OverallPromise, StepRecord } from '../case-state';
import { type Hold, isTerminal, SERVICE_CODES } from '../vocabulary';
import { hasDied } from './after-death';
import type { CaseDraft } from './case-draft';
import { paused, resumed } from './promise-clock';
import type { Timer } from './timer';

/**
 * The promise of the whole (联办承诺, P10): from the filing with all confirmations to the last of the five services.
 * Days on which the family or a special procedure holds any of them are not counted; what an agency elsewhere does, and
 * what a newborn that died still needs, is not promised. It is the service's own promise: days are those on which we hear.
 */
export function watchOverall(draft: CaseDraft): void {
  const promised = [...draft.steps.values()].filter((step) => isPromised(draft, step));
  draft.overall = promised.length === 0 ? null : overallOf(draft, promised, toShanghaiDate(draft.context.now));
}

const isPromised = (draft: CaseDraft, step: StepRecord): boolean =>
  (SERVICE_CODES as readonly string[]).includes(step.code) &&
  step.mode !== 'external' &&
  step.state !== 'not_applicable' &&
  !hasDied(draft, step);

function overallOf(draft: CaseDraft, promised: readonly StepRecord[], day: string): OverallPromise | null {
  const open = promised.filter(({ state }) => !isTerminal(state));
  const { overall } = draft;
  if (open.length === 0) return overall && ended(draft, overall, day);
  const isRunning = overall !== null && overall.endedOn === null && !isAppliedAgain(draft, open);
  if (isRunning) return open.some(isHeld) ? paused(overall, day) : goesOn(draft, overall, day);
  if (overall === null && open.some(isUnconfirmed)) return null;
  const started = dated(draft, { startedOn: day, pausedOn: null, pausedWorkingDays: 0, estimated: false });
  return open.some(isHeld) ? paused(started, day) : started;
}

/** What was refused is promised anew with the family's re-application, and the whole with it. */
const isAppliedAgain = (draft: CaseDraft, open: readonly StepRecord[]): boolean =>
  open.some(({ id }) => draft.given.steps.some((given) => given.id === id && given.state === 'rejected'));

const UNCONFIRMED: readonly Hold[] = ['parent_confirmation', 'parent_refused'];
const isUnconfirmed = ({ holds }: StepRecord): boolean => holds.some((hold) => UNCONFIRMED.includes(hold));

/** By the family, or by a special procedure: the states in which a step's own promise rests, and what the family still owes. */
const isHeld = (step: StepRecord): boolean =>
  step.state === 'correction_needed' ||
  step.state === 'action_needed' ||
  step.state === 'suspended' ||
  isPaperOwed(step) ||
  (step.state === 'waiting' && (isUnconfirmed(step) || step.holds.includes('name_undecided')));

/** The family has the paper that the police wait for (P13). */
const isPaperOwed = ({ reason, promise }: StepRecord): boolean =>
  reason === 'waiting_for_paper' && promise !== null && promise.pausedOn !== null;

const ended = (draft: CaseDraft, overall: OverallPromise, day: string): OverallPromise =>
  overall.endedOn === null ? { ...goesOn(draft, overall, day), endedOn: day } : overall;

const goesOn = (draft: CaseDraft, overall: OverallPromise, day: string): OverallPromise =>
  overall.pausedOn === null ? overall : dated(draft, resumed(overall, day, draft.context.calendar));

function dated(draft: CaseDraft, clock: Omit<OverallPromise, 'promisedOn' | 'endedOn'>): OverallPromise {
  const { settings, calendar } = draft.context;
  const days = settings.overallPromiseWorkingDays + clock.pausedWorkingDays;
  const { date, estimated } = addWorkingDays(clock.startedOn, days, calendar);
  return { ...clock, promisedOn: date, estimated: clock.estimated || estimated, endedOn: null };
}

/** Lateness of the whole is said once. */
export function overallTimers({ overall }: CaseDraft): Timer[] {
  if (overall === null || overall.pausedOn !== null || overall.endedOn !== null) return [];
  return [{ name: 'overall_promise_red', at: startOfDayMs(addDays(overall.promisedOn, 1)) }];
}
