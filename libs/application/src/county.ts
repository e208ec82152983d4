import type { EngineSettings } from '@birth/domain';
import type { WorkingCalendar } from '@birth/standards';

/** One county's seeds, read and validated at start. */
export interface County {
  calendar: WorkingCalendar;
  settings: EngineSettings;
  definitionVersion: string;
}
export const COUNTY = Symbol('COUNTY');
