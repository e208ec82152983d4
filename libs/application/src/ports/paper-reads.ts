import type { CustodyEntry, PaperKind } from '@birth/domain';

/** A paper's whole way; the waybill is opened for this reply. */
export interface PaperTrail {
  id: string;
  newbornIndex: number;
  kind: PaperKind;
  openedAt: number;
  events: readonly (Omit<CustodyEntry, 'paperId'> & { waybill: string | null })[];
}

export interface PaperReads {
  /** Of one case, oldest first. */
  trails(applicationId: string): Promise<PaperTrail[]>;
}
export const PAPER_READS = Symbol('PAPER_READS');
