import type { CaseEvent, DeathReporter } from '@birth/domain';
import { Problem } from '@birth/platform';
import type { LoadedCase } from '../ports/case-store';

/** Of a newborn of this case, else as unknown as any other. */
export function deathOf({ state }: LoadedCase, newbornIndex: number, reportedBy: DeathReporter): CaseEvent {
  if (!state.newborns.some(({ index }) => index === newbornIndex)) throw new Problem(404, 'not_found');
  return { type: 'death_reported', newbornIndex, reportedBy };
}
