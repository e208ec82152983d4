/** The right to call an agency for one hint: a slot, the first request's turn, and the further ones' by asking. */
export interface CallPass {
  /** The one call that tries an agency whose breaker is open. */
  readonly isProbe: boolean;
  /** Before every request. Throws AgencyUnavailable when no turn comes before the deadline. */
  admit(deadlineAt: number): Promise<void>;
  /** At least four fifths of the slots are in use. */
  isBusy(): boolean;
  /** What became of the call: the agency answered, or did not. */
  settled(isAnswered: boolean): void;
}

/** Where nobody counts: a use case called by itself. */
export const FREE_PASS: CallPass = {
  isProbe: false,
  admit: () => Promise.resolve(),
  isBusy: () => false,
  settled: () => undefined,
};
