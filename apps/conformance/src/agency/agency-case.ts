import type { AgencyAdapter } from '@birth/application';
import type { AgencySide } from './agency-side';

/** Holds of every agency whose interface has what it needs. */
export interface AgencyCase {
  name: string;
  title: string;
  cure: string;
  /** Which interfaces have it; absent: all. */
  for?: (adapter: AgencyAdapter) => boolean;
  /** Needs a signature or secret to be agreed. */
  strangers?: true;
  prove: (side: AgencySide) => Promise<void>;
}
