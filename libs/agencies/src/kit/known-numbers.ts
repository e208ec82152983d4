import type { DossierSections } from '@birth/application';

type Known = Pick<DossierSections, 'results' | 'existing'>;
type Named = Pick<DossierSections, 'results' | 'name'>;

/** The citizen ID number: allotted in this case, or brought along; null while it is not known. */
export const residentIdOf = ({ results, existing }: Known): string | null =>
  results.household_registration?.residentIdNumber ?? existing.residentIdNumber;

/** The birth certificate's number, likewise. */
export const certificateOf = ({ results, existing }: Known): string | null =>
  results.birth_certificate?.certificateNumber ?? existing.birthCertificateNumber;

/** The name as registered, else as chosen; empty while undecided. */
export const nameOf = ({ results, name }: Named): string =>
  results.household_registration?.registeredName || (name === null ? '' : name.surname + name.given);
