import type { Office } from '@birth/domain';
import { Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Locale } from '../caller';
import type { ClerkScope } from '../clerk/clerk-scope';
import { type County, COUNTY } from '../county';
import { officesSpokenFor, paperOf } from '../papers/paper-of';
import { CASE_STORE, type CaseStore } from '../ports/case-store';
import { PAPER_READS, type PaperReads, type PaperTrail } from '../ports/paper-reads';
import type { PaperTrails, PaperTrailView } from '../shapes/paper-shapes';
import { iso } from './moments';
import { holderView, paperName } from './paper-words';
import { ShowApplication } from './show-application';

/** The whole way of each paper, waybills with it: for who filed, and for the offices that have it in hand. */
@Injectable()
export class ShowPapers {
  constructor(
    private readonly show: ShowApplication,
    @Inject(PAPER_READS) private readonly papers: PaperReads,
    @Inject(CASE_STORE) private readonly store: CaseStore,
    @Inject(COUNTY) private readonly county: County,
  ) {}

  /** Parcels are not the other parent's (P7). */
  async forApplicant(caller: Caller, applicationId: string, locale: Locale): Promise<PaperTrails> {
    if (!(await this.show.mustBeFamily(caller, applicationId))) throw new Problem(404, 'not_found');
    return this.view(await this.papers.trails(applicationId), locale);
  }

  async forClerk(scope: ClerkScope, applicationId: string, locale: Locale): Promise<PaperTrails> {
    const [loaded, trails] = await Promise.all([this.store.read(applicationId), this.papers.trails(applicationId)]);
    if (loaded === null) throw new Problem(404, 'not_found');
    const isMine = ({ id }: PaperTrail): boolean =>
      officesSpokenFor(paperOf(loaded, id), scope, this.county.offices).length > 0;
    const mine = trails.filter(isMine);
    if (mine.length === 0) throw new Problem(404, 'not_found');
    return this.view(mine, locale);
  }

  private view(trails: readonly PaperTrail[], locale: Locale): PaperTrails {
    return { items: trails.map((trail) => trailView(trail, this.county.offices, locale)) };
  }
}

function trailView(trail: PaperTrail, offices: readonly Office[], locale: Locale): PaperTrailView {
  const named = (party: string) => holderView(party, offices, locale);
  return {
    paperId: trail.id,
    newbornIndex: trail.newbornIndex,
    kind: trail.kind,
    name: paperName(trail.kind, locale),
    openedAt: iso(trail.openedAt),
    events: trail.events.map(({ seq, event, by, from, to, at, waybill }) => ({
      seq,
      event,
      by: named(by),
      from: named(from),
      to: named(to),
      at: iso(at),
      waybill,
    })),
  };
}
