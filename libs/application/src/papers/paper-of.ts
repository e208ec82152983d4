import { type CustodyEvent, NOBODY, type Office, type PaperRecord, type Party } from '@birth/domain';
import { Problem } from '@birth/platform';
import { type ClerkScope, isInScope } from '../clerk/clerk-scope';
import type { LoadedCase } from '../ports/case-store';

/** The paper of this case, else as unknown as any other. */
export function paperOf({ state }: LoadedCase, paperId: string): PaperRecord {
  const paper = state.newborns.flatMap(({ papers }) => papers).find(({ id }) => id === paperId);
  if (paper === undefined) throw new Problem(404, 'not_found');
  return paper;
}

/** Offices that have, had or get the paper, and who made it. */
const partiesOf = ({ holder, from, route, issuer }: PaperRecord): Party[] => [
  ...(holder === NOBODY ? [issuer] : [holder]),
  ...route,
  ...(from === null ? [] : [from]),
  issuer,
];

/** Those of them for which this clerk may speak, the nearest first. */
export function officesSpokenFor(paper: PaperRecord, scope: ClerkScope, offices: readonly Office[]): Party[] {
  const mine = partiesOf(paper).filter((party) => {
    const office = offices.find(({ code }) => code === party);
    return office !== undefined && isInScope(scope, { agency: office.agency, officeCode: office.code });
  });
  return [...new Set(mine)];
}

/** Of what comes back its sender speaks, of what arrives the office that gets it, else who has it. */
export function speakerOf(paper: PaperRecord, event: CustodyEvent, mine: readonly Party[]): Party | undefined {
  const [nearest, next] = mine;
  if (event === 'returned' && paper.from !== null && mine.includes(paper.from)) return paper.from;
  return event === 'received' && nearest === paper.holder ? (next ?? nearest) : nearest;
}
