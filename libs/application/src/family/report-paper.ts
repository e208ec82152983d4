import { type CustodyEvent, FAMILY } from '@birth/domain';
import { Injectable } from '@nestjs/common';
import type { Caller, Once, Reply } from '../caller';
import { paperOf } from '../papers/paper-of';
import { FamilyStep } from './family-step';

/** What a family can know of a paper. */
export const FAMILY_PAPER_EVENTS = [
  'handed_over',
  'posted',
  'received',
  'returned',
  'lost',
] as const satisfies readonly CustodyEvent[];

export interface PaperTold {
  event: (typeof FAMILY_PAPER_EVENTS)[number];
  /** Of what was posted. */
  waybill?: string;
}

/** "I have posted it", "I have received it" (P13). The other parent is told nothing of parcels, and tells nothing (P7). */
@Injectable()
export class ReportPaper {
  constructor(private readonly family: FamilyStep) {}

  execute(
    caller: Caller,
    once: Once,
    { applicationId, paperId }: { applicationId: string; paperId: string },
    { event, waybill }: PaperTold,
  ): Promise<Reply> {
    return this.family.apply({
      caller,
      once,
      applicationId,
      event: (loaded) => ({
        type: 'paper_moved',
        paperId: paperOf(loaded, paperId).id,
        move: { event, by: FAMILY, hasWaybill: waybill !== undefined },
      }),
      attach: () => (waybill === undefined ? {} : { waybill }),
    });
  }
}
