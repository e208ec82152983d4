import { type CustodyEvent, FAMILY, isOffice, NOBODY, type PaperRecord, type Party, POST } from './paper';

export interface PaperMove {
  event: CustodyEvent;
  /** Whose word it is: the family's, or an office's. */
  by: Party;
  /** To the family first, where the way leads to an office. */
  isByFamily?: boolean;
  hasWaybill: boolean;
}

/** Why a paper cannot have gone that way; nothing is changed. */
export const PAPER_FAULTS = [
  'paper_elsewhere',
  'paper_on_its_way',
  'paper_not_posted',
  'paper_not_ready',
  'paper_arrived',
  'paper_is_lost',
  'waybill_missing',
  'not_done_to_paper',
] as const;
export type PaperFault = (typeof PAPER_FAULTS)[number];

type Moved = PaperRecord | PaperFault;

/** Policy P13: which event may follow which, and who has the paper since. Limits are another rule's. */
export function movePaper(paper: PaperRecord, move: PaperMove, at: number): Moved {
  const moved = MOVES[move.event](paper, move);
  return typeof moved === 'string' ? moved : { ...moved, since: sinceOf(paper, moved, at), version: paper.version + 1 };
}

const sinceOf = (before: PaperRecord, after: PaperRecord, at: number): number =>
  before.holder === after.holder ? before.since : at;

const MOVES: Readonly<Record<CustodyEvent, (paper: PaperRecord, move: PaperMove) => Moved>> = {
  handed_over: (paper, move) => sent(paper, move, (going, [to = FAMILY]) => arrived(going, to)),
  posted: (paper, move) =>
    move.hasWaybill ? sent(paper, move, (going) => ({ ...going, holder: POST })) : 'waybill_missing',
  received,
  cut: (paper, move) => worked(paper, move, 'cut'),
  page_printed: (paper, move) => worked(paper, move, 'page_printed'),
  returned: (paper, { by }) => {
    const isUnderWay = paper.holder === POST || paper.holder === NOBODY;
    return isUnderWay && paper.from === by ? { ...paper, holder: by, from: null } : 'paper_not_posted';
  },
  lost: (paper, { by }) => {
    if (paper.holder === NOBODY) return 'paper_is_lost';
    const mayKnow = [paper.holder, paper.from, ...paper.route].includes(by);
    const from = paper.holder === POST ? paper.from : paper.holder;
    return mayKnow ? { ...paper, holder: NOBODY, from } : 'paper_elsewhere';
  },
};

/** Only who has it gives it away; a lost one is made again by its issuer. */
function sent(
  paper: PaperRecord,
  { by, isByFamily }: PaperMove,
  go: (going: PaperRecord, route: readonly Party[]) => PaperRecord,
): Moved {
  const fault = cannotSend(paper, by);
  if (fault !== null) return fault;
  const isRemade = paper.holder === NOBODY;
  const ahead = isRemade ? madeAgain(paper, by) : paper.route;
  const route = isByFamily === true && ahead[0] !== FAMILY ? [FAMILY, ...ahead] : ahead;
  if (route.length === 0) return 'paper_arrived';
  return go({ ...paper, from: by, route, edition: paper.edition + (isRemade ? 1 : 0) }, route);
}

/** It goes where the lost one was to go, but not to who has just made it. */
const madeAgain = ({ route }: PaperRecord, by: Party): readonly Party[] =>
  route.length === 0 ? [FAMILY] : route.filter((party) => party !== by);

function cannotSend({ holder, issuer, work }: PaperRecord, by: Party): PaperFault | null {
  if (holder === NOBODY) return by === issuer ? null : 'paper_is_lost';
  if (holder === POST) return 'paper_on_its_way';
  if (holder !== by) return 'paper_elsewhere';
  return work?.at === by ? 'paper_not_ready' : null;
}

/** Said by who has got it, or by the sender whom the carrier told; a lost one may turn up. */
function received(paper: PaperRecord, { by }: PaperMove): Moved {
  if (paper.holder === by) return 'paper_arrived';
  if (paper.holder === POST && paper.from === by) return arrived(paper, paper.route[0] ?? FAMILY);
  if (by === FAMILY) return paper.work?.at === paper.holder ? 'paper_not_ready' : arrived(paper, FAMILY);
  return paper.route.includes(by) ? arrived(paper, by) : 'paper_elsewhere';
}

/** An office may get it straight away, past whom it would have gone to before. */
function arrived(paper: PaperRecord, at: Party): PaperRecord {
  const place = paper.route.indexOf(at);
  const isOnWay = place === 0 || (place > 0 && isOffice(at));
  const from = isOffice(paper.holder) || paper.holder === FAMILY ? paper.holder : paper.from;
  return { ...paper, holder: at, from, route: isOnWay ? paper.route.slice(place + 1) : paper.route };
}

function worked(paper: PaperRecord, { by }: PaperMove, what: 'cut' | 'page_printed'): Moved {
  const isTheirs = paper.work?.what === what && paper.work.at === by;
  if (!isTheirs) return 'not_done_to_paper';
  return paper.holder === by ? { ...paper, work: null } : 'paper_elsewhere';
}
