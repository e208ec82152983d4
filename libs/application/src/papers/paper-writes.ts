import type { Decision } from '@birth/domain';
import type { CaseWrite, CustodyWrite } from '../ports/case-store';

/** Papers that are new, or of which something is told for the first time, and what happened to them. */
export function paperWrites(
  { custody, changedNewborns }: Decision,
  openedAt: number,
): Pick<CaseWrite, 'papers' | 'custody'> {
  const told = new Set(custody.map(({ paperId }) => paperId));
  const papers = changedNewborns.flatMap((newborn) =>
    newborn.papers
      .filter(({ id, version }) => version === 0 || told.has(id))
      .map(({ id, kind }) => ({ id, newbornIndex: newborn.index, kind, openedAt })),
  );
  return { papers, custody: custody.map((entry) => ({ ...entry, waybill: null })) };
}

export const withWaybill = (custody: readonly CustodyWrite[], waybill: string | undefined): CustodyWrite[] =>
  custody.map((entry) => ({ ...entry, waybill: entry.event === 'posted' ? (waybill ?? null) : null }));
