import type { StepRecord } from '../case-state';
import type { PaperMove } from '../papers/move-paper';
import { FAMILY, NOBODY, type PaperRecord, POST } from '../papers/paper';
import { isTerminal, type Reason } from '../vocabulary';
import type { CaseDraft } from './case-draft';
import { pausePromise } from './promise-clock';

/** The step follows its paper: the office's until it has handed it over or posted it, then the family's until it has it. */
export function followPaper(draft: CaseDraft, paper: PaperRecord, { event, by }: PaperMove): void {
  const step = draft.step(paper.stepId);
  if (step.code !== 'delivery' || isTerminal(step.state)) return;
  const next = standingOf(step, paper, event);
  if (next === null) return;
  const rests = next.state === 'accepted' ? pausePromise(step, draft.context.now) : {};
  const source = next.state === 'completed' ? ({ source: by === FAMILY ? 'applicant' : 'clerk' } as const) : {};
  draft.change(step.id, { ...next, ...rests, ...source });
}

function standingOf(step: StepRecord, paper: PaperRecord, event: PaperMove['event']): Partial<StepRecord> | null {
  switch (paper.holder) {
    case NOBODY:
      return { ...HELD, reason: 'paper_lost' };
    case FAMILY:
      return event === 'returned' ? null : { state: 'completed', reason: 'done', owner: 'platform' };
    case POST:
      return onItsWay(step, paper);
    default:
      return event === 'returned' ? { ...HELD, reason: 'paper_returned' } : bookArrived(step, paper);
  }
}

const onItsWay = (step: StepRecord, paper: PaperRecord): Partial<StepRecord> | null =>
  paper.route[0] === FAMILY
    ? { state: 'accepted', reason: 'on_its_way', owner: 'applicant' }
    : bookArrived(step, paper);

/** The family has given its book away: the office is told what to print. */
const bookArrived = ({ reason }: StepRecord, { from }: PaperRecord): Partial<StepRecord> | null =>
  reason === 'household_book_awaited' && from === FAMILY
    ? { state: 'queued', reason: 'to_be_sent', owner: 'platform' }
    : null;

/** A person finds out; the office has its task all the while. */
const HELD = { state: 'accepted', owner: 'clerk' } as const;

const OF_PAPER: readonly Reason[] = ['on_its_way', 'paper_returned', 'paper_lost'];

/** Where the paper is says more than an office's word that it is at work. */
export const isToldByPaper = ({ code, reason }: StepRecord): boolean =>
  code === 'delivery' && OF_PAPER.includes(reason);
