import { addDays, addWorkingDays, startOfDayMs, toShanghaiDate } from '@birth/standards';
import type { StepRecord } from '../case-state';
import { type DeliveryPlan, PRODUCERS } from '../papers/delivery-plan';
import { isTerminal } from '../vocabulary';
import { hasDied } from './after-death';
import type { CaseDraft } from './case-draft';
import { papersOf, putPaper } from './paper-moves';
import type { Timer } from './timer';

const HOLD = 'parcel_gathering';

export const deliveryOf = (draft: CaseDraft, step: StepRecord): DeliveryPlan | undefined =>
  draft.newborn(step.newbornIndex).deliveries.find(({ document }) => document === step.qualifier);

const isGathering = (step: StepRecord): boolean =>
  step.code === 'delivery' && step.state === 'waiting' && step.holds.includes(HOLD);

/** P13: mail to one address from one office is one parcel, as far as it is ready within the county's limit. */
export function gatherParcels(draft: CaseDraft): boolean {
  const waiting = [...draft.steps.values()].filter(isGathering);
  const [ready] = waiting.filter((step) => isReady(draft, step));
  if (ready === undefined) return false;
  const together = waiting.filter((step) => isSameParcel(draft, ready, step));
  const parcel = together.length > 1 ? draft.context.newId() : null;
  for (const step of together) send(draft, step, parcel);
  return true;
}

function send(draft: CaseDraft, { id, holds }: StepRecord, parcel: string | null): void {
  const step = draft.move(id, { holds: holds.filter((hold) => hold !== HOLD) }, 'hold_lifted', { hold: HOLD });
  for (const paper of papersOf(draft, step)) putPaper(draft, step.newbornIndex, { ...paper, parcel });
}

const isReady = (draft: CaseDraft, step: StepRecord): boolean =>
  readyAt(draft, step) <= draft.context.now || !isMoreExpected(draft, step);

function readyAt(draft: CaseDraft, step: StepRecord): number {
  const since = Math.min(...papersOf(draft, step).map((paper) => paper.since));
  if (!Number.isFinite(since)) return draft.context.now;
  const { settings, calendar } = draft.context;
  const { date } = addWorkingDays(toShanghaiDate(since), settings.parcelWaitWorkingDays, calendar);
  return startOfDayMs(addDays(date, 1));
}

const isSameParcel = (draft: CaseDraft, one: StepRecord, other: StepRecord): boolean =>
  one.officeCode === other.officeCode && deliveryOf(draft, one)?.address === deliveryOf(draft, other)?.address;

/** A document for the same address is still being made at the same office. */
function isMoreExpected(draft: CaseDraft, step: StepRecord): boolean {
  const address = deliveryOf(draft, step)?.address ?? null;
  return [...draft.newborns.values()].some(({ index, deliveries }) =>
    deliveries.some((wish) => {
      const maker = draft.ofNewborn(index).find(({ code }) => code === PRODUCERS[wish.document]);
      const isOpen = maker !== undefined && !isTerminal(maker.state) && !hasDied(draft, maker);
      return isOpen && wish.address === address && maker.officeCode === step.officeCode;
    }),
  );
}

/** At the latest it goes alone. */
export const parcelTimers = (draft: CaseDraft, step: StepRecord): Timer[] =>
  isGathering(step) ? [{ name: 'parcel_ready', at: readyAt(draft, step) }] : [];

export const mayGather = ({ address }: DeliveryPlan): boolean => address !== null;
