import type { StepRecord } from '@birth/domain';
import type { LoadedCase } from '../ports/case-store';

/** GB/T 2260 of where the newborn of this step was born, as the hospital or the family says it. */
export const birthRegion = (loaded: LoadedCase, { newbornIndex }: StepRecord): string | null =>
  loaded.open(newbornIndex, ['birth']).birth?.place.region ?? null;
