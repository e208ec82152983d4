import type { Results } from '../ledger/ledger-entry';

export interface Refusal {
  reason?: string;
  legalBasis?: string;
  documentNumber?: string;
  office: string;
  remedy?: string;
}

/** Where a case stands at an agency, in the sandbox's own words; each agency writes them in its own codes. */
export type Stage =
  | { kind: 'received' }
  | { kind: 'working'; detail: string }
  | { kind: 'correction'; fields: string[]; text: string }
  | { kind: 'action'; text: string }
  | { kind: 'special'; coordinated: boolean; text: string; until: string | null }
  | { kind: 'refused'; refusal: Refusal; byBank: boolean }
  /** `existed`: it was there before, and is no effect of this case. */
  | { kind: 'done'; results: Results; existed?: true }
  | { kind: 'withdrawn' };

/** A stage still to come. `done` gets its results when it comes. */
export interface Planned {
  afterMs: number;
  stage: Exclude<Stage, { kind: 'done' }> | { kind: 'done' };
}

export const isOver = (stage: Stage): boolean =>
  stage.kind === 'done' || stage.kind === 'refused' || stage.kind === 'withdrawn';
