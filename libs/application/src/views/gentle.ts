import type { StepRecord } from '@birth/domain';

/** After a newborn's death the family reads our words alone, never what an office asks or refuses (policy P16). */
export const isSaidGently = ({ reason }: Pick<StepRecord, 'reason'>): boolean =>
  reason === 'newborn_died' || reason === 'birth_and_death_registration';
