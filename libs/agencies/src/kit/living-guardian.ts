import { AgencyContractBroken, type DossierSections } from '@birth/application';
import { hasParentDied, type ParentForm } from '@birth/domain';

type People = Pick<DossierSections, 'mother' | 'father' | 'applicant'>;

export interface NamedParent {
  role: 'mother' | 'father';
  form: ParentForm;
}

/** Parents who can be spoken to: nothing is addressed to one that died (policy P16); the mother first. */
export const livingParents = ({ mother, father }: Pick<People, 'mother' | 'father'>): NamedParent[] =>
  (['mother', 'father'] as const).flatMap((role) => {
    const form = { mother, father }[role];
    return form === null || hasParentDied(form) ? [] : [{ role, form }];
  });

/** The parent who files, else the mother, else the father; of an orphan the guardian who has the case. */
export function guardianOf(people: People): Pick<ParentForm, 'name' | 'identity' | 'mobile'> {
  const { applicant } = people;
  const living = livingParents(people);
  const [first] = living;
  const filing = living.find(({ role }) => role === (applicant.role === 'father' ? 'father' : 'mother')) ?? first;
  if (filing !== undefined) return filing.form;
  if (applicant.role === 'guardian') return applicant;
  throw new AgencyContractBroken('sent without a guardian', 'platform');
}
