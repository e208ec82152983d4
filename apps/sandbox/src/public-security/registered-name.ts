import type { AgencyScript } from '../scenarios/agency-script';

/** What stands in the register: as applied for, or by a clerk's slip another given name. */
export function registeredName(script: AgencyScript, name: string): string {
  const asked = script.of(name);
  return asked?.kind === 'registers_other_name' ? name.slice(0, 1) + asked.given : name;
}
