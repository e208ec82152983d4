import type { AgencyCode, Channel, StepCode } from './vocabulary';

/** What the engine must know of an agency's technique (engine.md 4). Checked against the adapters at start. */
export interface AgencyProfile {
  /** A honours a key · B can be queried · C has a natural key and answers "exists" · D neither. */
  agencyClass: 'A' | 'B' | 'C' | 'D';
  hasCheck: boolean;
  hasWithdraw: boolean;
  /** Steps about which its register can be asked by who the child is, without a request of ours (policy P14). */
  looksUp?: readonly StepCode[];
}

export const AGENCY_PROFILES: Readonly<Record<AgencyCode, AgencyProfile>> = {
  'health-commission': { agencyClass: 'A', hasCheck: true, hasWithdraw: true },
  'disease-control': { agencyClass: 'C', hasCheck: false, hasWithdraw: false },
  'public-security': {
    agencyClass: 'A',
    hasCheck: true,
    hasWithdraw: true,
    looksUp: ['household_registration'],
  },
  'medical-insurance': { agencyClass: 'B', hasCheck: true, hasWithdraw: true, looksUp: ['medical_insurance'] },
  'human-resources': { agencyClass: 'B', hasCheck: true, hasWithdraw: false },
  'tax-administration': { agencyClass: 'A', hasCheck: true, hasWithdraw: true },
};

/** A task is ours: it honours the key, and its office answers by itself. */
const WORKLIST_PROFILE: AgencyProfile = { agencyClass: 'A', hasCheck: false, hasWithdraw: false };

/** A table that both sides write: a row has one key, and is read as often as we like. */
const TABLE_PROFILE: AgencyProfile = { agencyClass: 'A', hasCheck: true, hasWithdraw: false };

export type ProfileOf = (step: { agency: AgencyCode; channel: Channel }) => AgencyProfile;

export const profileOf: ProfileOf = ({ agency, channel }) => {
  if (channel === 'api') return AGENCY_PROFILES[agency];
  return channel === 'exchange_table' ? TABLE_PROFILE : WORKLIST_PROFILE;
};
