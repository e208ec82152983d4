import type { Provenance } from '../routing/sourced';

/** What a receiver of population information may be told of, each once and then by versions (policy P19). */
export const SHARED_FACTS = ['birth_recorded', 'certificate_issued', 'registered', 'insured', 'died'] as const;
export type SharedFact = (typeof SHARED_FACTS)[number];

/** The fact itself, or what became of one that was told before. */
export const SHARE_EVENTS = [...SHARED_FACTS, 'corrected', 'retracted'] as const;
export type ShareEvent = (typeof SHARE_EVENTS)[number];

/**
 * All that may ever be shared, by the fact that it belongs to. Marriage, parity, fertility registration and the parents'
 * relation are no field of any: a receiver cannot even ask for them (policy P8).
 */
export const SHARED_FIELDS = {
  childName: SHARED_FACTS,
  childSex: SHARED_FACTS,
  childBornOn: SHARED_FACTS,
  birthInstitution: ['birth_recorded', 'certificate_issued'],
  certificateNumber: ['certificate_issued'],
  certificateIssuedOn: ['certificate_issued'],
  residentIdNumber: ['registered', 'insured', 'died'],
  householdAddress: ['registered'],
  registeredOn: ['registered'],
  registeredAt: ['registered'],
  insuredOn: ['insured'],
  insuranceArea: ['insured'],
  motherName: SHARED_FACTS,
  motherIdNumber: SHARED_FACTS,
  fatherName: SHARED_FACTS,
  fatherIdNumber: SHARED_FACTS,
} as const satisfies Record<string, readonly SharedFact[]>;
export type SharedField = keyof typeof SHARED_FIELDS;
export type SharedValues = Partial<Record<SharedField, string | null>>;

/**
 * How a receiver gets what it is owed. `exchange_table`: it finds it in a table; `api`: it asks for it, signed; `webhook`: it
 * is pushed. Whichever it is, it may ask as well.
 */
export const SHARE_MODES = ['exchange_table', 'api', 'webhook'] as const;
export type ShareMode = (typeof SHARE_MODES)[number];

export interface Receiver extends Provenance {
  code: string;
  name: string;
  /** Article of the law or document that lets it have these fields (个人信息保护法 art. 13, 34, 35). */
  legalBasis: string;
  purpose: string;
  mode: ShareMode;
  facts: readonly SharedFact[];
  /** Of these, those that belong to the fact are given. */
  fields: readonly SharedField[];
}

const CODE = /^[a-z][a-z-]{1,38}[a-z]$/;
const WORDS = ['name', 'legalBasis', 'purpose'] as const;

/** Why this receiver may get nothing, in words for who maintains the catalogue; empty where it may. */
export function receiverFaults(receiver: Receiver): string[] {
  const { code, mode, facts, fields } = receiver;
  const faults = [
    ...WORDS.filter((field) => !receiver[field]?.trim()).map((field) => `${field} is empty`),
    ...(CODE.test(code) ? [] : ['code is not of lower-case letters and hyphens']),
    ...(SHARE_MODES.includes(mode) ? [] : [`mode ${mode} is unknown`]),
    ...unknown('fact', facts, SHARED_FACTS),
    ...unknown('field', fields, Object.keys(SHARED_FIELDS)),
  ];
  return faults.length > 0 ? faults : uselessFields(receiver);
}

function unknown(what: string, given: readonly string[], known: readonly string[]): string[] {
  if (given.length === 0) return [`no ${what} is named`];
  return given.filter((one) => !known.includes(one)).map((one) => `${what} ${one} is not shared`);
}

const uselessFields = ({ facts, fields }: Receiver): string[] =>
  fields
    .filter((field) => !facts.some((fact) => belongs(field, fact)))
    .map((field) => `field ${field} belongs to none of its facts`);

const belongs = (field: SharedField, fact: SharedFact): boolean =>
  (SHARED_FIELDS[field] as readonly SharedFact[]).includes(fact);

/** The minimum: what this receiver's row names and what belongs to this fact. */
export const fieldsOf = ({ fields }: Receiver, fact: SharedFact): SharedField[] =>
  fields.filter((field) => belongs(field, fact));
