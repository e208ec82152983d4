import type { EngineSettings, Office, RawSteps, RoutingTable } from '@birth/domain';
import type { WorkingCalendar } from '@birth/standards';

/** One county's seeds, read and validated at start. */
export interface County {
  calendar: WorkingCalendar;
  settings: EngineSettings;
  routing: RoutingTable;
  offices: readonly Office[];
  steps: RawSteps['steps'];
  definitionVersion: string;
}
export const COUNTY = Symbol('COUNTY');
