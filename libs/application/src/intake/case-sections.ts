import type { ApplicationForm, NewbornForm } from '@birth/domain';
import type { SectionWrite } from '../ports/case-store';
import type { ResolvedBirth } from './known-births';

/** The form cut into sealed sections, so that an agency can be given those that it may see and no other. */
export function caseSections(form: ApplicationForm, births: readonly ResolvedBirth[]): SectionWrite[] {
  return [
    { newbornIndex: null, section: 'mother', value: form.mother },
    { newbornIndex: null, section: 'father', value: form.father },
    { newbornIndex: null, section: 'relation', value: { parentsRelation: form.parentsRelation } },
    { newbornIndex: null, section: 'applicant', value: form.applicant },
    ...form.newborns.flatMap((newborn, index) => newbornSections(newborn, index, births[index] as ResolvedBirth)),
  ];
}

const NOTHING_YET = { birthCertificateNumber: null, residentIdNumber: null, insuredAlready: false };

function newbornSections(
  newborn: NewbornForm,
  newbornIndex: number,
  { section: birth }: ResolvedBirth,
): SectionWrite[] {
  const { name, surnameSource, ethnicity, nationality, existing } = newborn;
  const sections = {
    birth,
    claim: birth === null ? newborn.claimedBirth : null,
    name: name === null ? null : { ...name, surnameSource },
    origin: { ethnicity, nationality },
    existing: { ...NOTHING_YET, ...existing },
    vaccination: newborn.vaccination,
    household: newborn.household,
    insurance: newborn.insurance,
    card: newborn.card,
    delivery: newborn.delivery ?? [],
  } as const;
  return Object.entries(sections)
    .filter(([, value]) => value != null)
    .map(([section, value]) => ({ newbornIndex, section: section as SectionWrite['section'], value }));
}
