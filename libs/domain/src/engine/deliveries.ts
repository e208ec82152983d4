import { addDays, startOfDayMs, toShanghaiDate } from '@birth/standards';
import type { StepRecord } from '../case-state';
import { type DeliveryPlan, PRODUCERS } from '../papers/delivery-plan';
import { FAMILY, isOffice, type PaperRecord } from '../papers/paper';
import { hasDied } from './after-death';
import type { CaseDraft } from './case-draft';
import type { AnsweredEvent } from './case-event';
import { bearFollowUp } from './follow-up';
import { movePapers, papersOf, putPaper, withLimit } from './paper-moves';
import { mayGather } from './parcels';
import type { Timer } from './timer';

/** A document that the family wished to have is handed out once its service has made it (P10: apart from the service's own promise). */
export function bearDeliveries(draft: CaseDraft): boolean {
  let isBorn = false;
  for (const { index, deliveries } of [...draft.newborns.values()]) {
    for (const wish of deliveries) {
      const maker = madeBy(draft, index, wish);
      if (maker === undefined) continue;
      bearDelivery(draft, maker, wish);
      isBorn = true;
    }
  }
  return isBorn;
}

/** What the family was handed at a counter, or has from before, is not handed out again. */
function madeBy(draft: CaseDraft, newbornIndex: number, { document }: DeliveryPlan): StepRecord | undefined {
  const own = draft.ofNewborn(newbornIndex);
  const isKnown = own.some(({ code, qualifier }) => code === 'delivery' && qualifier === document);
  const maker = own.find(({ code }) => code === PRODUCERS[document]);
  const isMade = maker?.state === 'completed' && maker.mode === 'issue';
  const isHandedOut = maker?.source === 'counter' || maker?.source === 'external';
  return isMade && !isKnown && !isHandedOut && !hasDied(draft, maker) ? maker : undefined;
}

function bearDelivery(draft: CaseDraft, maker: StepRecord, wish: DeliveryPlan): void {
  const holds = mayGather(wish) ? (['parcel_gathering'] as const) : [];
  const step = bearFollowUp(draft, maker, 'delivery', { qualifier: wish.document, channel: 'worklist', holds });
  const { newId, now } = draft.context;
  const isBook = wish.paper === 'household_book';
  const paper: PaperRecord = {
    id: newId(),
    kind: wish.paper,
    stepId: step.id,
    issuer: maker.officeCode,
    holder: isBook ? FAMILY : maker.officeCode,
    since: now,
    from: null,
    route: isBook ? [maker.officeCode, FAMILY] : [FAMILY],
    work: isBook ? { what: 'page_printed', at: maker.officeCode } : null,
    edition: 1,
    parcel: null,
    dueAt: null,
    version: 0,
  };
  putPaper(draft, maker.newbornIndex, withLimit(draft, paper));
}

/** By post the family's own book must reach the station first; anything else lies at its office. */
export function startDelivery(draft: CaseDraft, step: StepRecord): void {
  const isBookOwed = papersOf(draft, step).some(({ kind, holder }) => kind === 'household_book' && holder === FAMILY);
  const asked = isBookOwed
    ? ({ state: 'action_needed', reason: 'household_book_awaited', owner: 'applicant' } as const)
    : ({ state: 'queued', reason: 'to_be_sent', owner: 'platform' } as const);
  draft.move(step.id, asked, 'released');
}

/** What an office's answer means for the paper: done is handed over, "come and fetch it" starts the limit for that. */
export function followAnswer(draft: CaseDraft, { stepId, kind }: AnsweredEvent): void {
  const step = draft.step(stepId);
  if (step.code !== 'delivery') return;
  for (const paper of papersOf(draft, step)) {
    if (kind === 'completed' && step.state === 'completed') arrive(draft, step, paper.id);
    if (kind === 'action_needed' && step.state === 'action_needed') keepReady(draft, step, paper);
  }
}

/** What the office left unsaid on the way there has happened. */
function arrive(draft: CaseDraft, { officeCode, newbornIndex }: StepRecord, paperId: string): void {
  for (const event of ['received', 'page_printed', 'handed_over'] as const) {
    const paper = draft.newborn(newbornIndex).papers.find(({ id }) => id === paperId);
    if (paper?.holder === FAMILY && paper.route[0] !== officeCode) return;
    movePapers(draft, paperId, { event, by: officeCode, hasWaybill: false });
  }
}

function keepReady(draft: CaseDraft, step: StepRecord, paper: PaperRecord): void {
  if (!isOffice(paper.holder) || paper.dueAt !== null) return;
  const { now, settings } = draft.context;
  const dueAt = startOfDayMs(addDays(toShanghaiDate(now), settings.unclaimedDays));
  putPaper(draft, step.newbornIndex, { ...paper, dueAt });
}

/** Nobody came for it: the family is reminded, at the end a clerk calls. */
export function unclaimedTimers(draft: CaseDraft, step: StepRecord): Timer[] {
  if (step.code !== 'delivery' || step.state !== 'action_needed') return [];
  const { unclaimedDays, unclaimedReminderDays, reminderHour } = draft.context.settings;
  return papersOf(draft, step)
    .filter(({ holder, dueAt }) => isOffice(holder) && dueAt !== null)
    .flatMap(({ dueAt }) =>
      unclaimedReminderDays.map((days) => ({
        name: `unclaimed_reminder_${days}`,
        at: (dueAt ?? 0) - (unclaimedDays - days) * DAY_MS + reminderHour * HOUR_MS,
      })),
    );
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
