import type { StepRecord } from '../case-state';
import { movePaper, type PaperFault, type PaperMove } from '../papers/move-paper';
import { FAMILY, isOffice, NOBODY, type PaperRecord } from '../papers/paper';
import { paperDueAt } from '../papers/paper-limits';
import type { CaseDraft } from './case-draft';
import { Refused } from './case-event';
import { followPaper } from './delivery-standing';

export const papersOf = (draft: CaseDraft, { id, newbornIndex }: StepRecord): PaperRecord[] =>
  draft.newborn(newbornIndex).papers.filter(({ stepId }) => stepId === id);

/** Null when it was so; otherwise why it cannot have been. What shares its parcel goes with it. */
export function movePapers(draft: CaseDraft, paperId: string, move: PaperMove): PaperFault | null {
  const { newbornIndex, paper } = findPaper(draft, paperId);
  const moved = movePaper(paper, move, draft.context.now);
  if (typeof moved === 'string') return moved;
  take(draft, move, { newbornIndex, paper }, moved);
  for (const mate of matesOf(draft, paper, move)) {
    const gone = movePaper(mate.paper, move, draft.context.now);
    if (typeof gone !== 'string') take(draft, move, mate, gone);
  }
  return null;
}

function take(
  draft: CaseDraft,
  move: PaperMove,
  { newbornIndex, paper: before }: FoundPaper,
  moved: PaperRecord,
): void {
  const after = withLimit(draft, moved);
  putPaper(draft, newbornIndex, after);
  const step = draft.step(after.stepId);
  followPaper(draft, after, move);
  log(draft, move, { before, after, step });
  if (move.event === 'cut') keepCopy(draft, newbornIndex, after);
}

/**
 * What an office says that it has handed out is said of each document; the rest of its parcel's way is one way. A document
 * that the office was not asked for yet is in no parcel of its.
 */
function matesOf(draft: CaseDraft, paper: PaperRecord, { event, by }: PaperMove): FoundPaper[] {
  const isShared = event === 'posted' || event === 'returned' || event === 'lost' || by === FAMILY;
  if (paper.parcel === null || !isShared) return [];
  return allPapers(draft).filter(
    ({ paper: other }) =>
      other.id !== paper.id &&
      other.parcel === paper.parcel &&
      other.holder === paper.holder &&
      draft.step(other.stepId).state !== 'queued',
  );
}

interface FoundPaper {
  newbornIndex: number;
  paper: PaperRecord;
}

const allPapers = (draft: CaseDraft): FoundPaper[] =>
  [...draft.newborns.values()].flatMap(({ index, papers }) => papers.map((paper) => ({ newbornIndex: index, paper })));

export function findPaper(draft: CaseDraft, paperId: string): FoundPaper {
  const found = allPapers(draft).find(({ paper }) => paper.id === paperId);
  if (found === undefined) throw new Refused('paper_unknown');
  return found;
}

export function putPaper(draft: CaseDraft, newbornIndex: number, paper: PaperRecord): void {
  const newborn = draft.newborn(newbornIndex);
  const isKnown = newborn.papers.some(({ id }) => id === paper.id);
  const papers = isKnown
    ? newborn.papers.map((other) => (other.id === paper.id ? paper : other))
    : [...newborn.papers, paper];
  draft.newborns.set(newbornIndex, { ...newborn, papers });
}

/** Of a document that lies at its office the step's own promise tells the limit. */
export function withLimit(draft: CaseDraft, paper: PaperRecord): PaperRecord {
  const isPromised = draft.step(paper.stepId).code === 'delivery' && isOffice(paper.holder) && paper.work === null;
  const dueAt = isPromised ? null : paperDueAt(paper, draft.context.settings, draft.context.calendar);
  return { ...paper, dueAt };
}

interface Logged {
  before: PaperRecord;
  after: PaperRecord;
  /** As it stood before. */
  step: StepRecord;
}

/** Whoever was asked about the paper has found out; of a lost one a clerk sees to the next. */
function log(draft: CaseDraft, { event, by }: PaperMove, { before, after, step }: Logged): void {
  const { id: paperId, version: seq, edition, stepId, kind, holder } = after;
  draft.custody.push({ paperId, seq, event, by, from: before.holder, to: holder, edition, at: draft.context.now });
  draft.note(`paper_${event}`, draft.step(stepId), step.state, { paper: kind, holder: holderKind(holder) });
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

/** What is on its way to an office goes to the one that takes its place. */
export function redirectPapers(draft: CaseDraft, step: StepRecord, officeCode: string): void {
  const to = (party: string): string => (party === step.officeCode ? officeCode : party);
  for (const paper of papersOf(draft, step)) {
    if (!paper.route.includes(step.officeCode)) continue;
    const work = paper.work === null ? null : { ...paper.work, at: to(paper.work.at) };
    putPaper(draft, step.newbornIndex, { ...paper, route: paper.route.map(to), work });
  }
}
