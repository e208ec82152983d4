/** Who took the evidence of a case out of the service. */
export interface EvidenceExport {
  id: string;
  applicationId: string;
  /** `clerk`: over the API; `operator`: by the command, at the machine. */
  takenAs: 'clerk' | 'operator';
  takenBy: string;
  /** What was said was opened too. */
  withBodies: boolean;
  /** SHA-256 of the pack. */
  digest: Buffer;
  takenAt: number;
}

/** Append-only. */
export interface EvidenceExports {
  /** Before the pack leaves the service. */
  note(taken: EvidenceExport): Promise<void>;
  /** The latest first, at most a hundred; null: no such case. */
  ofCase(applicationId: string): Promise<EvidenceExport[] | null>;
}

export const EVIDENCE_EXPORTS = Symbol('EVIDENCE_EXPORTS');
