import { type CaseState, type IdentityFact, isBeingVerified, isReportedDone, type StepRecord } from '@birth/domain';
import { checkResidentId } from '@birth/standards';
import type { AgencyAnswer, RegisteredPerson } from '../ports/agency-adapter';
import type { LoadedCase } from '../ports/case-store';
import type { DossierSections, SectionName, StepResults } from '../ports/dossier';

type Known = Pick<DossierSections, 'name' | 'birth' | 'existing' | 'results'>;
const COMPARED = ['name', 'birth', 'existing', 'results'] as const satisfies readonly SectionName[];

type Completed = Extract<AgencyAnswer, { kind: 'completed' }>;
type Said = Pick<Completed, 'results' | 'registered' | 'differs'>;

/** Only what says who the child is has to be compared; every other answer opens nothing. */
export const comparedSections = (answer: AgencyAnswer): readonly SectionName[] =>
  answer.kind === 'completed' && (saysWhoItIs(answer.results) || answer.registered !== undefined) ? COMPARED : [];

const saysWhoItIs = ({ birth_certificate, household_registration }: StepResults): boolean =>
  birth_certificate !== undefined || household_registration !== undefined;

/** In what a registered child differs from the case's (P15), and from what the family told of a counter (P14). */
export function differencesOf(
  { results, registered, differs = [] }: Said,
  step: StepRecord,
  loaded: LoadedCase,
): IdentityFact[] {
  if (!saysWhoItIs(results) && registered === undefined) return [...differs];
  const known = loaded.open(step.newbornIndex, COMPARED);
  if (registered !== undefined) return [...differs, ...ofPerson(registered, known, bornOnOf(loaded.state, step))];
  return step.code === 'household_registration'
    ? ofRegistration(results, known, { step, state: loaded.state })
    : ofCertificate(results, known, step);
}

/** A child without a name stands in registers by a parent's (policy P6). */
export const isUnnamed = (person: RegisteredPerson | undefined): boolean => /之[子女]$/u.test(person?.name ?? '');

/** As another register than the police's holds the child. */
function ofPerson(registered: RegisteredPerson, known: Known, knownBornOn: string | undefined): IdentityFact[] {
  const { household_registration: household, birth_certificate: certificate } = known.results;
  const ownName = household?.registeredName || certificate?.registeredName || nameOf(known);
  return factsOf({
    name: !isUnnamed(registered) && isOtherName(registered.name, ownName),
    sex: isKnownAndOther(registered.sex, known.birth?.sex),
    birth_date: isKnownAndOther(registered.bornOn, knownBornOn),
  });
}

function ofRegistration(
  { household_registration: registered }: StepResults,
  known: Known,
  { step, state }: { step: StepRecord; state: CaseState },
): IdentityFact[] {
  if (registered === undefined) return [];
  const { registeredName, residentIdNumber } = registered;
  return factsOf({
    name: isOtherName(registeredName, known.results.birth_certificate?.registeredName ?? nameOf(known)),
    ...ofNumber(residentIdNumber, { sex: known.birth?.sex, bornOn: bornOnOf(state, step) }),
    resident_id_number: isTold(step) && isKnownAndOther(residentIdNumber, known.existing?.residentIdNumber),
  });
}

/** The family told a number: of a counter, or of an agency elsewhere. */
const isTold = (step: StepRecord): boolean => isBeingVerified(step) || isReportedDone(step);

const bornOnOf = ({ newborns }: CaseState, { newbornIndex }: StepRecord): string | undefined =>
  newborns.find(({ index }) => index === newbornIndex)?.bornOn;

/** The number itself says birth date and sex (GB 11643). */
function ofNumber(number: string, { sex, bornOn }: { sex: string | undefined; bornOn: string | undefined }) {
  const said = checkResidentId(number ?? '');
  return said.valid ? { sex: isKnownAndOther(said.sex, sex), birth_date: said.birthDate !== bornOn } : {};
}

function ofCertificate({ birth_certificate: issued }: StepResults, known: Known, step: StepRecord): IdentityFact[] {
  if (issued === undefined) return [];
  return factsOf({
    name: isOtherName(issued.registeredName, nameOf(known)),
    certificate_number:
      isTold(step) && isKnownAndOther(issued.certificateNumber, known.existing?.birthCertificateNumber),
  });
}

const factsOf = (facts: Partial<Record<IdentityFact, boolean>>): IdentityFact[] =>
  (Object.keys(facts) as IdentityFact[]).filter((fact) => facts[fact] === true);

const nameOf = ({ name }: Pick<Known, 'name'>): string | null => (name === null ? null : name.surname + name.given);

const isKnownAndOther = (one: string | null | undefined, other: string | null | undefined): boolean =>
  one != null && one !== '' && other != null && other !== one;

/** Agencies write the separator and spaces as their systems do. */
const isOtherName = (one: string | null | undefined, other: string | null | undefined): boolean =>
  isKnownAndOther(plain(one), plain(other));

const plain = (name: string | null | undefined): string | null =>
  name == null
    ? null
    : name
        .normalize('NFC')
        .replace(/[\s\u3000]/gu, '')
        .replace(/[•・‧⋅]/gu, '·');
