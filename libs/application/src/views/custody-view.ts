import type { CaseState, StepRecord } from '@birth/domain';
import type { Locale } from '../caller';
import type { County } from '../county';
import type { CustodyView } from '../shapes/paper-shapes';
import { iso, isoOrNull } from './moments';
import { holderView, paperHint, paperName } from './paper-words';

/** Papers of one step: who has each since when, and until when. No waybill, no address. */
export function custodyViews(
  step: StepRecord,
  { newborns }: CaseState,
  { county: { offices }, locale }: { county: County; locale: Locale },
): CustodyView[] {
  const papers = newborns.find(({ index }) => index === step.newbornIndex)?.papers ?? [];
  return papers
    .filter(({ stepId }) => stepId === step.id)
    .map((paper) => {
      const [next] = paper.route;
      return {
        paperId: paper.id,
        kind: paper.kind,
        name: paperName(paper.kind, locale),
        holder: holderView(paper.holder, offices, locale),
        since: iso(paper.since),
        goesTo: next === undefined ? null : holderView(next, offices, locale),
        dueAt: isoOrNull(paper.dueAt),
        edition: paper.edition,
        version: paper.version,
        hint: paperHint(paper, offices, locale),
      };
    });
}
