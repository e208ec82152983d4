import type { Newborn } from '../ledger/ledger-entry';
import type { Planned, Stage } from './stage';

/** One submission at one desk of an agency. Supplements of a case share its receipt. */
export interface CaseRecord<F> {
  desk: string;
  id: string;
  key: string | null;
  naturalKey: string;
  receipt: string;
  /** Digest of the request's bytes: the same key with other bytes is a conflict. */
  digest: string;
  newborn: Newborn;
  /** What the agency keeps of the request. */
  facts: F;
  sequence: number;
  /** Epoch ms of the last change. */
  changedAt: number;
  stage: Stage;
  plan: Planned[];
  /** Epoch ms of the next planned stage; null when nothing is planned. */
  dueAt: number | null;
  /** How often a check of the written registration still says "not yet". */
  verifyLeft: number;
}

export interface Submission<F> {
  key: string | null;
  naturalKey: string;
  supplementOf: string | null;
  digest: string;
  newborn: Newborn;
  facts: F;
  /** Instead of the usual course. */
  course?: Planned[];
}
