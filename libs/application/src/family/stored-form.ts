import { type ApplicationForm, isUnheard, type KnownBirth, type NewbornForm, SERVICE_CODES } from '@birth/domain';
import { bornOnOf, claimedBirth } from '../births/recorded-birth';
import type { LoadedCase, SectionWrite } from '../ports/case-store';

/** What a case keeps of its form. */
export type StoredParts = Pick<LoadedCase, 'state' | 'open'>;

export const partsOf = (loaded: LoadedCase): StoredParts => ({ state: loaded.state, open: loaded.open.bind(loaded) });

/** The same with sections as they will be once they are written. */
export function withSections(stored: StoredParts, sections: readonly SectionWrite[]): StoredParts {
  const open: LoadedCase['open'] = (index, names) => {
    const own = sections.filter(({ newbornIndex }) => newbornIndex === null || newbornIndex === index);
    const named = own.filter(({ section }) => (names as readonly string[]).includes(section));
    return { ...stored.open(index, names), ...Object.fromEntries(named.map(({ section, value }) => [section, value])) };
  };
  return { state: stored.state, open };
}

/** The form as the case keeps it, cut into sections; declarations were checked at filing and are not kept. */
export function storedForm(loaded: StoredParts): ApplicationForm {
  const { mother, father, relation, applicant } = loaded.open(0, ['mother', 'father', 'relation', 'applicant']);
  const { parentsRelation } = relation;
  const newborns = loaded.state.newborns.map(({ index }) => storedNewborn(loaded, index));
  const unheard = (['mother', 'father'] as const).filter((parent) => isUnheard(loaded.state, parent));
  return { newborns, mother, father, parentsRelation, applicant, declarations: [], unheard };
}

const NEWBORN_SECTIONS = [
  'name',
  'origin',
  'claim',
  'existing',
  'vaccination',
  'household',
  'insurance',
  'card',
  'delivery',
] as const;

function storedNewborn(loaded: StoredParts, index: number): NewbornForm {
  const sections = loaded.open(index, NEWBORN_SECTIONS);
  const { name, origin, claim, existing, vaccination, household, insurance, card, delivery } = sections;
  return {
    outcome: 'live',
    claimedBirth: claim,
    existing,
    name: name === null ? null : { surname: name.surname, given: name.given },
    surnameSource: name?.surnameSource ?? 'father',
    ...origin,
    ...(vaccination === null ? {} : { vaccination }),
    ...(household === null ? {} : { household }),
    ...(insurance === null ? {} : { insurance }),
    ...(card === null ? {} : { card }),
    delivery,
    services: SERVICE_CODES.filter((code) => isAsked(loaded, index, code)),
  };
}

const isAsked = ({ state }: StoredParts, index: number, code: string): boolean =>
  state.steps.some((step) => step.newbornIndex === index && step.code === code && step.reason !== 'not_requested');

/** The hospital's or the family's facts; while only claimed, what the family said. Null where neither is kept. */
export function storedBirth(loaded: StoredParts, index: number): KnownBirth | null {
  const { birth, claim } = loaded.open(index, ['birth', 'claim']);
  if (birth !== null) {
    const { sex, plurality, deliveryOrder, place, hospitalOfficeCode: officeCode } = birth;
    const [bornOn, bornAt] = [bornOnOf(birth), Date.parse(birth.bornAt)];
    const { region, kind } = place;
    const known = { bornOn, bornAt, sex, plurality, deliveryOrder, region, kind, officeCode } as const;
    return { ...known, outcome: 'live', recordedMother: null, awaitsMother: false };
  }
  return claim === null ? null : claimedBirth(claim);
}
