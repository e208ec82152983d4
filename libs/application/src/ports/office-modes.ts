import type { AnswerMode } from '@birth/domain';

/** A supervisor's word on how an office answers from then on. */
export interface OfficeModeChange {
  officeCode: string;
  answerMode: AnswerMode;
  previous: AnswerMode;
  changedBy: string;
  reason: string;
  changedAt: number;
}

/** Append-only: the last row of an office counts; where there is none, its seed does. */
export interface OfficeModeStore {
  current(): Promise<ReadonlyMap<string, AnswerMode>>;
  /** False where somebody has changed it meanwhile. */
  change(change: OfficeModeChange): Promise<boolean>;
  /** Newest first. */
  history(officeCode: string, limit: number): Promise<OfficeModeChange[]>;
}
export const OFFICE_MODE_STORE = Symbol('OFFICE_MODE_STORE');
