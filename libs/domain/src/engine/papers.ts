import type { StepRecord } from '../case-state';
import { FAMILY, NOBODY, type PaperRecord, POST } from '../papers/paper';
import { isTerminal } from '../vocabulary';
import type { CaseDraft } from './case-draft';
import { type AnsweredEvent, type CaseEvent, Refused } from './case-event';
import { findPaper, movePapers, papersOf, putPaper, withLimit } from './paper-moves';
import { pausePromise, resumePromise } from './promise-clock';
import type { Timer } from './timer';

/** A parent, a clerk or an office tells where a paper is (P13). */
export function takePaperMove(draft: CaseDraft, event: Extract<CaseEvent, { type: 'paper_moved' }>): void {
  const fault = movePapers(draft, event.paperId, event.move);
  if (fault !== null) throw new Refused(fault);
  goOnWithPaper(draft, findPaper(draft, event.paperId).paper.stepId);
}

/** What an office's answer says of the papers of its step; what cannot have been is passed over, for its answer counts. */
export function takePaperWords(draft: CaseDraft, { stepId, kind, papers = [] }: AnsweredEvent): void {
  const step = draft.step(stepId);
  // what is done is handed out by being done
  if (step.code === 'delivery' && kind === 'completed') return;
  for (const event of papers) {
    for (const { id } of papersOf(draft, step)) movePapers(draft, id, { event, by: step.officeCode, hasWaybill: true });
  }
}

/**
 * The certificate's way where the police want to see it: from where it is to the station, and back to the family.
 * @returns whether a registration is somebody else's now, and with it what waits for it
 */
export function followCertificates(draft: CaseDraft): boolean {
  let isOthers = false;
  for (const step of [...draft.steps.values()]) {
    if (step.code !== 'household_registration' || isTerminal(step.state)) continue;
    if (isPaperWanted(draft, step)) askForCertificate(draft, step);
    if (isWaitingForPaper(step)) showWhoHasIt(draft, step);
    if (draft.step(step.id).owner !== step.owner) isOthers = true;
  }
  return isOthers;
}

const isWaitingForPaper = ({ state, reason }: StepRecord): boolean =>
  state === 'accepted' && reason === 'waiting_for_paper';

function isPaperWanted(draft: CaseDraft, step: StepRecord): boolean {
  if (isWaitingForPaper(step)) return true;
  return draft.context.settings.householdPaper === 'original_first' && step.mode === 'issue' && step.state === 'queued';
}

const isCertificate = ({ kind }: PaperRecord): boolean => kind === 'certificate_main';

function askForCertificate(draft: CaseDraft, step: StepRecord): void {
  const known = draft.newborn(step.newbornIndex).papers.find(isCertificate);
  if (known !== undefined) return leadToStation(draft, step, known);
  const { newId, now } = draft.context;
  const certificate = draft.sibling(step, 'birth_certificate');
  const isIssuedHere = certificate?.mode === 'issue' && certificate.state === 'completed';
  const issuer = isIssuedHere && certificate.source !== 'counter' ? certificate.officeCode : FAMILY;
  const paper: PaperRecord = {
    id: newId(),
    kind: 'certificate_main',
    stepId: step.id,
    issuer,
    holder: issuer,
    since: now,
    from: null,
    route: [step.officeCode, FAMILY],
    work: { what: 'cut', at: step.officeCode },
    edition: 1,
    parcel: null,
    dueAt: null,
    version: 0,
  };
  putPaper(draft, step.newbornIndex, withLimit(draft, paper));
}

/** On its way to the family, which takes it on; what the station has cut need not go there again. */
function leadToStation(draft: CaseDraft, step: StepRecord, paper: PaperRecord): void {
  const { officeCode, newbornIndex } = step;
  const isLed = paper.work !== null || paper.route.includes(officeCode) || paper.holder === officeCode;
  const wasCut = draft.newborn(newbornIndex).papers.some(({ kind }) => kind === 'certificate_copy');
  if (isLed || wasCut) return takeOver(draft, step, paper);
  const led = { ...paper, route: [...paper.route, officeCode, FAMILY], work: { what: 'cut', at: officeCode } as const };
  putPaper(draft, newbornIndex, withLimit(draft, led));
}

/** Handed out, it is followed by the step that waits for it. */
function takeOver(draft: CaseDraft, step: StepRecord, paper: PaperRecord): void {
  const isHandedOut = paper.stepId !== step.id && isTerminal(draft.step(paper.stepId).state);
  if (isHandedOut) putPaper(draft, step.newbornIndex, withLimit(draft, { ...paper, stepId: step.id }));
}

/** The family has what the station waits for, the post has it from the family, or it is lost: the promise is paused (P10). */
function showWhoHasIt(draft: CaseDraft, step: StepRecord): void {
  const { papers } = draft.newborn(step.newbornIndex);
  const paper = papers.find((one) => isCertificate(one) && one.route.includes(step.officeCode));
  const { owner, isPaused } = standingOf(paper);
  const isClockStopped = step.promise !== null && step.promise.pausedOn !== null;
  const clock = isPaused ? pausePromise(step, draft.context.now) : isClockStopped ? resumePromise(draft, step) : {};
  draft.change(step.id, { owner, ...clock });
}

function standingOf(paper: PaperRecord | undefined): { owner: StepRecord['owner']; isPaused: boolean } {
  switch (paper?.holder) {
    case FAMILY:
      return { owner: 'applicant', isPaused: true };
    case NOBODY:
      return { owner: 'clerk', isPaused: true };
    case POST:
      return { owner: 'agency', isPaused: paper.from === FAMILY };
    default:
      return { owner: 'agency', isPaused: false };
  }
}

/** The county wants the certificate first, and the station has not got it yet. */
export const isOriginalOwed = (draft: CaseDraft, step: StepRecord): boolean =>
  draft.context.settings.householdPaper === 'original_first' &&
  draft
    .newborn(step.newbornIndex)
    .papers.some(
      (paper) =>
        step.code === 'household_registration' && isCertificate(paper) && paper.route.includes(step.officeCode),
    );

/** A clerk says that the station has it: nobody waits any more, whatever the station's system says next. */
function goOnWithPaper(draft: CaseDraft, stepId: string): void {
  const step = draft.step(stepId);
  if (!isWaitingForPaper(step)) return;
  const isHere = papersOf(draft, step).some((paper) => isCertificate(paper) && paper.holder === step.officeCode);
  if (isHere) draft.change(step.id, { owner: 'agency', ...goingOn(draft, step) });
}

/** What was delivered without its paper is delivered now; the station has not said to take it. */
const goingOn = (draft: CaseDraft, step: StepRecord): Partial<StepRecord> =>
  step.promise === null
    ? { reason: 'awaiting_acceptance', deliveredAt: draft.context.now }
    : { reason: 'in_progress', ...resumePromise(draft, step) };

const OVERDUE = 'paper_overdue';

export const paperTimers = (draft: CaseDraft, step: StepRecord): Timer[] =>
  papersOf(draft, step).flatMap(({ dueAt }) => (dueAt === null ? [] : [{ name: OVERDUE, at: dueAt }]));

export const isPaperTimer = ({ name }: Timer): boolean => name === OVERDUE;

/** Nobody has said where it is, or came for it: a clerk asks. */
export function askForPaper(draft: CaseDraft, stepId: string): void {
  const { code, state } = draft.step(stepId);
  const isUnclaimed = code === 'delivery' && state === 'action_needed';
  draft.openTask({ stepId, kind: 'paper', reason: isUnclaimed ? 'unclaimed' : 'overdue' });
}
