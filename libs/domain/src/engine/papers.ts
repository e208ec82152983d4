import type { StepRecord } from '../case-state';
import { movePaper, type PaperMove } from '../papers/move-paper';
import { FAMILY, isOffice, NOBODY, type PaperRecord, POST } from '../papers/paper';
import { paperDueAt } from '../papers/paper-limits';
import { isTerminal } from '../vocabulary';
import type { CaseDraft } from './case-draft';
import { type AnsweredEvent, type CaseEvent, Refused } from './case-event';
import { pausePromise, resumePromise } from './promise-clock';
import type { Timer } from './timer';

export const papersOf = (draft: CaseDraft, { id, newbornIndex }: StepRecord): PaperRecord[] =>
  draft.newborn(newbornIndex).papers.filter(({ stepId }) => stepId === id);

/** A parent, a clerk or an office tells where a paper is (P13). */
export function takePaperMove(draft: CaseDraft, event: Extract<CaseEvent, { type: 'paper_moved' }>): void {
  const fault = apply(draft, event.paperId, event.move);
  if (fault !== null) throw new Refused(fault);
  goOnWithPaper(draft, findPaper(draft, event.paperId).paper.stepId);
}

/** What an office's answer says of the papers of its step; what cannot have been is passed over, for its answer counts. */
export function takePaperWords(draft: CaseDraft, { stepId, papers = [] }: AnsweredEvent): void {
  const step = draft.step(stepId);
  for (const event of papers) {
    for (const { id } of papersOf(draft, step)) apply(draft, id, { event, by: step.officeCode, hasWaybill: true });
  }
}

function apply(draft: CaseDraft, paperId: string, move: PaperMove): string | null {
  const { newbornIndex, paper } = findPaper(draft, paperId);
  const moved = movePaper(paper, move, draft.context.now);
  if (typeof moved === 'string') return moved;
  const after = withLimit(draft, moved);
  putPaper(draft, newbornIndex, after);
  log(draft, move, paper, after);
  if (move.event === 'cut') keepCopy(draft, newbornIndex, after);
  return null;
}

function findPaper(draft: CaseDraft, paperId: string): { newbornIndex: number; paper: PaperRecord } {
  for (const { index, papers } of draft.newborns.values()) {
    const paper = papers.find(({ id }) => id === paperId);
    if (paper !== undefined) return { newbornIndex: index, paper };
  }
  throw new Refused('paper_unknown');
}

function putPaper(draft: CaseDraft, newbornIndex: number, paper: PaperRecord): void {
  const newborn = draft.newborn(newbornIndex);
  const isKnown = newborn.papers.some(({ id }) => id === paper.id);
  const papers = isKnown
    ? newborn.papers.map((other) => (other.id === paper.id ? paper : other))
    : [...newborn.papers, paper];
  draft.newborns.set(newbornIndex, { ...newborn, papers });
}

const withLimit = (draft: CaseDraft, paper: PaperRecord): PaperRecord => ({
  ...paper,
  dueAt: paperDueAt(paper, draft.context.settings, draft.context.calendar),
});

/** Whoever was asked about the paper has found out; of a lost one a clerk sees to the next. */
function log(draft: CaseDraft, { event, by }: PaperMove, before: PaperRecord, after: PaperRecord): void {
  const { id: paperId, version: seq, edition, stepId, kind, holder } = after;
  draft.custody.push({ paperId, seq, event, by, from: before.holder, to: holder, edition, at: draft.context.now });
  draft.note(`paper_${event}`, draft.step(stepId), undefined, { paper: kind, holder: holderKind(holder) });
  draft.closeTasks({ stepId, kinds: ['paper'] });
  if (holder === NOBODY) draft.openTask({ stepId, kind: 'paper', reason: 'lost' });
  if (event === 'returned') draft.openTask({ stepId, kind: 'paper', reason: 'returned' });
}

const holderKind = (holder: string): string => (isOffice(holder) ? 'office' : holder);

/** The police keep the 副页 for ever. */
function keepCopy(draft: CaseDraft, newbornIndex: number, main: PaperRecord): void {
  const copy = { ...main, id: draft.context.newId(), kind: 'certificate_copy', from: null, route: [] } as const;
  putPaper(draft, newbornIndex, { ...copy, edition: 1, parcel: null, dueAt: null, version: 0 });
}

/** The certificate's way where the police want to see it: from where it is to the station, and back to the family. */
export function followCertificates(draft: CaseDraft): void {
  for (const step of [...draft.steps.values()]) {
    if (step.code !== 'household_registration' || isTerminal(step.state)) continue;
    if (isPaperWanted(draft, step)) askForCertificate(draft, step);
    if (isWaitingForPaper(step)) showWhoHasIt(draft, step);
  }
}

const isWaitingForPaper = ({ state, reason }: StepRecord): boolean =>
  state === 'accepted' && reason === 'waiting_for_paper';

function isPaperWanted(draft: CaseDraft, step: StepRecord): boolean {
  if (isWaitingForPaper(step)) return true;
  return draft.context.settings.householdPaper === 'original_first' && step.mode === 'issue' && step.state === 'queued';
}

const isCertificate = ({ kind }: PaperRecord): boolean => kind === 'certificate_main';

function askForCertificate(draft: CaseDraft, step: StepRecord): void {
  if (draft.newborn(step.newbornIndex).papers.some(isCertificate)) return;
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

/** The family has what the station waits for, the post has it from the family, or it is lost: the promise is paused (P10). */
function showWhoHasIt(draft: CaseDraft, step: StepRecord): void {
  const paper = papersOf(draft, step).find((one) => isCertificate(one) && one.route.includes(step.officeCode));
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
  papersOf(draft, step).some((paper) => isCertificate(paper) && paper.route.includes(step.officeCode));

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

/** Nobody has said where it is: a clerk asks. */
export const askForPaper = (draft: CaseDraft, stepId: string): void =>
  draft.openTask({ stepId, kind: 'paper', reason: 'overdue' });
