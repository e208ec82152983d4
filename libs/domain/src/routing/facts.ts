import { addMonths, checkName, isInChongqing, isInYunyang } from '@birth/standards';
import type { EngineSettings } from '../engine/decision-context';
import { type ApplicationForm, type NewbornForm, PARENT_ABSENCES, type ParentForm } from '../form';

/** What routing looks at, each with its finite domain; the loader tries every combination. */
export const FACT_DOMAINS = {
  bornIn: ['institution_yunyang', 'institution_chongqing', 'institution_elsewhere', 'outside_institution', 'abroad'],
  certificate: ['none', 'held'],
  parents: ['both', 'mother_only', 'father_only'],
  nationals: ['chinese', 'one_foreign', 'all_foreign'],
  target: ['yunyang', 'chongqing', 'elsewhere'],
  follows: ['mother', 'father', 'special'],
  relation: ['married', 'not_married', 'not_stated'],
  ethnicity: ['same', 'different'],
  householdKind: ['family', 'collective', 'special'],
  age: ['in_time', 'late'],
  surname: ['parent', 'custom', 'other'],
  residentId: ['none', 'held'],
  insured: ['no', 'yes'],
  insuredAt: ['yunyang', 'elsewhere'],
  inHospital: ['no', 'yes'],
  household: ['asked', 'not_asked'],
  agent: ['no', 'yes'],
  name: ['plain', 'needs_window'],
  absence: ['none', 'deceased', 'imprisoned', 'both'],
  lane: ['not_needed', 'in_lane', 'outside_lane'],
} as const;

export type FactName = keyof typeof FACT_DOMAINS;
export type RoutingFacts = { [F in FactName]: (typeof FACT_DOMAINS)[F][number] };

export interface BirthPlace {
  /** GB/T 2260. */
  region: string;
  kind: string;
  bornOn: string;
  /** The hospital's own word that the child is treated there. */
  inHospital?: boolean;
}

/** The day of filing, and the ages at which rules change. */
export interface FiledOn extends Pick<EngineSettings, 'lateRegistrationMonths' | 'laneMaxMonths'> {
  today: string;
}

const OUTSIDE_KINDS = ['home', 'en_route'];

/** Derives the routing facts of one newborn; `today` and `bornOn` are dates in Asia/Shanghai. */
export function routingFacts(
  form: ApplicationForm,
  newborn: NewbornForm,
  birth: BirthPlace,
  filed: FiledOn,
): RoutingFacts {
  const facts = {
    bornIn: bornIn(birth),
    ...held(newborn),
    parents: parentsGiven(form),
    nationals: nationals(form),
    target: place(newborn.household?.region),
    follows: newborn.household?.follows ?? 'mother',
    relation: form.parentsRelation,
    ethnicity: ethnicity(form),
    householdKind: householdKind(form, newborn),
    age: filed.today < addMonths(birth.bornOn, filed.lateRegistrationMonths) ? 'in_time' : 'late',
    surname: surnameOf(newborn),
    ...insurance(newborn, birth),
    household: newborn.services.includes('household_registration') ? 'asked' : 'not_asked',
    agent: form.applicant.role === 'agent' ? 'yes' : 'no',
    name: needsWindow(newborn) ? 'needs_window' : 'plain',
    absence: absenceOf(form),
  } as const;
  return { ...facts, lane: lane({ form, newborn, birth, filed }, facts) };
}

const held = ({ existing }: NewbornForm) =>
  ({
    certificate: existing?.birthCertificateNumber ? 'held' : 'none',
    residentId: existing?.residentIdNumber ? 'held' : 'none',
    insured: existing?.insuredAlready === true ? 'yes' : 'no',
  }) as const;

const insurance = ({ insurance: wish }: NewbornForm, { inHospital = false }: BirthPlace) =>
  ({
    insuredAt: isInYunyang(wish?.region ?? '500235') ? 'yunyang' : 'elsewhere',
    inHospital: inHospital || wish?.inHospital === true ? 'yes' : 'no',
  }) as const;

const parentsGiven = ({ mother, father }: ApplicationForm): RoutingFacts['parents'] =>
  mother === null ? 'father_only' : father === null ? 'mother_only' : 'both';

function bornIn({ region, kind }: BirthPlace): RoutingFacts['bornIn'] {
  if (kind === 'abroad') return 'abroad';
  if (OUTSIDE_KINDS.includes(kind)) return 'outside_institution';
  if (isInYunyang(region)) return 'institution_yunyang';
  return isInChongqing(region) ? 'institution_chongqing' : 'institution_elsewhere';
}

const place = (region = '500235'): RoutingFacts['target'] =>
  isInYunyang(region) ? 'yunyang' : isInChongqing(region) ? 'chongqing' : 'elsewhere';

const parentsOf = (form: ApplicationForm): ParentForm[] =>
  [form.mother, form.father].filter((parent) => parent !== null);

/** What keeps parents from the window, of whichever of them (P7). */
function absenceOf(form: ApplicationForm): RoutingFacts['absence'] {
  const [deceased, imprisoned] = PARENT_ABSENCES.map((why) => parentsOf(form).some(({ absence }) => absence === why));
  if (deceased && imprisoned) return 'both';
  return deceased ? 'deceased' : imprisoned ? 'imprisoned' : 'none';
}

function nationals(form: ApplicationForm): RoutingFacts['nationals'] {
  const parents = parentsOf(form);
  const foreign = parents.filter((parent) => parent.nationality !== 'CHN').length;
  if (foreign === 0) return 'chinese';
  return foreign === parents.length ? 'all_foreign' : 'one_foreign';
}

function ethnicity(form: ApplicationForm): RoutingFacts['ethnicity'] {
  const { mother, father } = form;
  return mother !== null && father !== null && mother.ethnicity !== father.ethnicity ? 'different' : 'same';
}

/** Both collective, military or none of the followed parent: nobody's family book can take the child (P7). */
function householdKind(form: ApplicationForm, { household: wish }: NewbornForm): RoutingFacts['householdKind'] {
  if (wish === undefined) return 'family';
  if (wish.follows === 'special') return 'special';
  const followed = form[wish.follows]?.household.kind;
  if (followed === 'military' || followed === 'none') return 'special';
  return wish.kind === 'collective' && areAllCollective(form) ? 'special' : wish.kind;
}

const areAllCollective = (form: ApplicationForm): boolean => {
  const parents = parentsOf(form);
  return parents.length > 1 && parents.every((parent) => parent.household.kind === 'collective');
};

/** 民法典 art. 1015: a parent's; by the custom of a minority, which needs no reason; or another, for a proper reason. */
function surnameOf({ surnameSource }: NewbornForm): RoutingFacts['surname'] {
  if (surnameSource === 'father' || surnameSource === 'mother') return 'parent';
  return surnameSource === 'minority_custom' ? 'custom' : 'other';
}

const needsWindow = ({ name }: NewbornForm): boolean =>
  name !== null && checkName(name.surname, name.given).soft.some((problem) => problem !== 'surname_outside_table');

interface Given {
  form: ApplicationForm;
  newborn: NewbornForm;
  birth: BirthPlace;
  filed: FiledOn;
}

type LaneFacts = Pick<
  RoutingFacts,
  'bornIn' | 'relation' | 'surname' | 'ethnicity' | 'householdKind' | 'nationals' | 'parents'
>;

/** Police cross-province lane (Chongqing, notice of 2024-01-19): born out of province, household here. */
function lane({ form, newborn, birth, filed }: Given, facts: LaneFacts): RoutingFacts['lane'] {
  if (facts.bornIn !== 'institution_elsewhere' || place(newborn.household?.region) !== 'yunyang') return 'not_needed';
  const conditions = [
    Boolean(newborn.existing?.birthCertificateNumber),
    facts.relation === 'married',
    filed.today < addMonths(birth.bornOn, filed.laneMaxMonths),
    facts.surname === 'parent',
    facts.ethnicity === 'same',
    facts.nationals === 'chinese',
    facts.parents === 'both',
    facts.householdKind === 'family',
    parentsOf(form).some((parent) => Boolean(parent.residencePermitNumber)),
  ];
  return conditions.every(Boolean) ? 'in_lane' : 'outside_lane';
}
