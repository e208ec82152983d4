import type { AgencyProfile } from '../../agency-profiles';

/** Ways in which the engine could be wrong; each must be caught. */
export type Mutant =
  | 'interimOverwritesTerminal'
  | 'noSweeper'
  | 'keyPerAttempt'
  | 'noPoll'
  | 'earlyPark'
  | 'dropLateReply'
  | 'lateAcceptedOverwrites'
  | 'claimIgnoresLease'
  | 'putOffKeepsOffer';

/** One exploration: at which agency, with which mistake, and what was found. */
export interface Trial {
  profile: AgencyProfile;
  mutant: Mutant | null;
  problems: Set<string>;
}
