import type { ApplicationForm, NewbornForm, ServiceCode } from '@birth/domain';
import type { Sample } from '../sample';
import { birth, givenName, parent, placeOf } from './people';
import { SeededRandom } from './random';

const ALL: ServiceCode[] = [
  'birth_certificate',
  'vaccination',
  'household_registration',
  'medical_insurance',
  'social_security_card',
];
const BANKS = ['RCB', 'BOCQ', 'PSBC', 'ABC'];

/** Offices of a town: the seeds' vaccination unit and insurance desk by their order. */
const UNITS: Readonly<Record<string, string>> = {
  '500235001': '001',
  '500235002': '002',
  '500235003': '003',
  '500235004': '004',
  '500235115': '005',
  '500235112': '006',
  '500235110': '007',
  '500235118': '008',
};

export interface FamilyOptions {
  ageDays?: number;
  children?: ('male' | 'female')[];
}

/** An ordinary couple with one healthy child, born in the county, everything asked for online; cases change what is theirs. */
export function ordinaryFamily(name: string, title: string, options: FamilyOptions = {}): Sample {
  const random = new SeededRandom(hash(name));
  const place = placeOf(random);
  const father = parent(random, 'male', place);
  const mother = parent(random, 'female', place);
  const sexes = options.children ?? [random.pick(['male', 'female'] as const)];
  const daysAgo = options.ageDays ?? random.whole(2, 18);
  const first = birth(random, daysAgo, sexes[0] ?? 'male', { order: 1, plurality: sexes.length });
  const births = sexes.map((sex, index) => ({
    ...birth(random, daysAgo, sex, { order: index + 1, plurality: sexes.length }),
    office: first.office,
    time: first.time.slice(0, 3) + String((Number(first.time.slice(3)) + index * 4) % 60).padStart(2, '0'),
  }));
  const surname = father.name.startsWith('欧阳') ? '欧阳' : father.name.slice(0, 1);
  const unit = UNITS[place.town] ?? '001';
  const newborns = sexes.map((sex, index): NewbornForm => ({
    outcome: 'live',
    birthRecordId: `{{birthRecord:${index}}}`,
    name: { surname, given: unusedGiven(random, surname, sex) },
    surnameSource: 'father',
    ethnicity: '01',
    nationality: 'CHN',
    vaccination: {
      residenceRegion: place.town,
      residenceAddress: mother.residence.address,
      unitOfficeCode: `YYV${unit}`,
      guardianMobile: mother.mobile,
    },
    household: {
      follows: 'father',
      head: { name: father.name, identityNumber: father.identity.number, relationToFollowed: 'self' },
      kind: 'family',
      region: place.town,
      address: father.household.address,
    },
    insurance: {
      mode: 'independent',
      tier: '1',
      years: ['{{birthYear}}' as unknown as number],
      basis: 'citizen_id',
      region: place.town,
      townUnit: `YYI${unit}`,
      subsidyCategory: null,
      inHospital: false,
    },
    card: { bankCode: random.pick(BANKS), pickup: 'counter' },
    delivery: [],
    services: [...ALL],
  }));
  const form: ApplicationForm = {
    newborns,
    mother,
    father,
    parentsRelation: 'married',
    applicant: { role: 'mother', name: mother.name, identity: mother.identity, mobile: mother.mobile },
    declarations: [{ code: 'truthful', version: '1', acceptedAt: '{{now}}' }],
  };
  return { name, title, births, form, consent: 'agreed', expect: null };
}

const used = new Set<string>();

/** Scripts find a newborn by its full name: no two samples share one. */
function unusedGiven(random: SeededRandom, surname: string, sex: 'male' | 'female'): string {
  for (;;) {
    const given = givenName(random, sex);
    const longer = given.length === 1 ? random.pick([...'思雨明嘉安']) + given : given;
    if (used.has(surname + longer)) continue;
    used.add(surname + longer);
    return longer;
  }
}

function hash(text: string): number {
  let value = 2166136261;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 16777619);
  return value >>> 0;
}
