import { type CustodyEvent, type PaperMove, Refused } from '@birth/domain';
import { Problem } from '@birth/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Reply } from '../caller';
import { type County, COUNTY } from '../county';
import { officesSpokenFor, paperOf, speakerOf } from '../papers/paper-of';
import type { LoadedCase } from '../ports/case-store';
import type { PaperMoved } from '../shapes/paper-shapes';
import { StepTransitions } from '../step-transitions';
import type { Clerk, ClerkRequest } from './clerk-steps';

export interface RecordedPaper extends ClerkRequest {
  event: CustodyEvent;
  waybill?: string;
  /** To the family, which takes it on itself. */
  isByFamily?: boolean;
}

/** An office's staff, or a clerk for it, record what became of a paper in their hands or on its way to them (P13). */
@Injectable()
export class RecordPaper {
  constructor(
    private readonly transitions: StepTransitions,
    @Inject(COUNTY) private readonly county: County,
  ) {}

  async execute(clerk: Clerk, applicationId: string, paperId: string, recorded: RecordedPaper): Promise<Reply> {
    let version = recorded.expectedVersion;
    const outcome = await this.guarded(() =>
      this.transitions.apply({
        ref: { applicationId },
        by: { actor: 'clerk', actorId: clerk.subject },
        event: (loaded) => ({ type: 'paper_moved', paperId, move: this.moveOf(loaded, clerk, paperId, recorded) }),
        attach: ({ custody }) => {
          version = custody.find((entry) => entry.paperId === paperId)?.seq ?? version;
          const { reason: eventReason, waybill } = recorded;
          return { eventReason, ...(waybill === undefined ? {} : { waybill }) };
        },
      }),
    );
    if (outcome.outcome !== 'saved') throw new Problem(404, 'not_found');
    return { status: 200, body: { paperId, event: recorded.event, version } satisfies PaperMoved };
  }

  private moveOf(loaded: LoadedCase, clerk: Clerk, paperId: string, recorded: RecordedPaper): PaperMove {
    const paper = paperOf(loaded, paperId);
    const by = speakerOf(paper, recorded.event, officesSpokenFor(paper, clerk.scope, this.county.offices));
    if (by === undefined) throw new Problem(404, 'not_found');
    if (paper.version !== recorded.expectedVersion) {
      throw new Problem(412, 'version_conflict', { extra: { version: paper.version } });
    }
    const { event, waybill, isByFamily = false } = recorded;
    return { event, by, isByFamily, hasWaybill: waybill !== undefined };
  }

  private async guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Refused) throw new Problem(409, error.code);
      throw error;
    }
  }
}
