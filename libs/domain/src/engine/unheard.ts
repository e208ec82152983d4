import type { CaseState, ParentRole, UnheardParent } from '../case-state';
import type { MotherUnable } from '../vocabulary';
import type { CaseDraft } from './case-draft';

export const isUnheard = ({ unheard }: Pick<CaseState, 'unheard'>, parent: ParentRole): boolean =>
  unheard.some((one) => one.parent === parent && one.retractedAt === null);

export const isReportedDead = ({ unheard }: Pick<CaseState, 'unheard'>, parent: ParentRole): boolean =>
  unheard.some((one) => one.parent === parent && one.because === 'deceased' && one.retractedAt === null);

/** Who has the case died, and nobody goes on with it yet: whatever is written to the family reaches nobody (P16). */
export const isWithoutReader = ({ unheard }: Pick<CaseState, 'unheard'>): boolean =>
  unheard.some(({ hasCase, retractedAt }) => hasCase && retractedAt === null);

/** A clerk has seen that this parent's word can no longer be had, for whatever cause. */
export function noteUnheard(draft: CaseDraft, parent: ParentRole, because: MotherUnable): void {
  if (isUnheard(draft, parent)) return;
  putUnheard(draft, { parent, because, since: draft.context.now, hasCase: false, retractedAt: null });
}

export const putUnheard = (draft: CaseDraft, unheard: UnheardParent): void => {
  draft.unheard = [...draft.unheard.filter(({ parent }) => parent !== unheard.parent), unheard];
};
