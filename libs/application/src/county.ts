import type { AgencyCodes, Office, Policy } from '@birth/domain';
import type { WorkingCalendar } from '@birth/standards';

/** One county's seeds, read and validated at start. */
export interface County {
  calendar: WorkingCalendar;
  offices: readonly Office[];
  /** What the agencies' own codes mean. */
  agencyCodes: AgencyCodes;
  definitionVersion: string;
  /** The rules in force at a moment (epoch ms): those of its filing hold for a case to its end. */
  policyAt(moment: number): Policy;
}
export const COUNTY = Symbol('COUNTY');
