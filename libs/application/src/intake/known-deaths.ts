import { type ApplicationForm, type CaseEvent, hasParentDied, type KnownBirth } from '@birth/domain';

/** Of newborns and parents, by the hospital's record or the family's own word (policy P7, P16): the case was planned with them. */
export const knownDeaths = (form: ApplicationForm, births: readonly KnownBirth[]): CaseEvent[] => [
  ...(['mother', 'father'] as const)
    .filter((parent) => hasParentDied(form[parent]))
    .map((parent): CaseEvent => {
      return { type: 'parent_death_reported', parent, reportedBy: 'parent', hasCase: false, newborns: [] };
    }),
  ...form.newborns.flatMap((newborn, newbornIndex): CaseEvent[] => {
    const isRecorded = births[newbornIndex]?.outcome === 'died_after';
    if (!isRecorded && newborn.outcome !== 'died_after') return [];
    return [{ type: 'death_reported', newbornIndex, reportedBy: isRecorded ? 'hospital' : 'parent' }];
  }),
];
