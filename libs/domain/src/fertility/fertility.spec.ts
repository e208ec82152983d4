import { workingCalendar } from '@birth/standards';
import { Refused } from '../engine/case-event';
import { checkFertility, type FertilityForm, fertilityRegion } from './check-fertility';
import {
  decideFertility,
  declared,
  FERTILITY_DECISIONS,
  FERTILITY_STATES,
  type FertilityContext,
  type FertilityEvent,
  type FertilityRecord,
  hasEnded,
} from './fertility-registration';

const calendar = workingCalendar([]);
const settings = { officeWorkingDays: 1, evidenceDays: 15, checkWorkingDays: 10 };
/** Wednesday 2026-11-04 10:00 in Shanghai. */
const NOW = Date.parse('2026-11-04T02:00:00Z');
const context: FertilityContext = { now: NOW, calendar, settings };

const inState = (state: FertilityRecord['state']): FertilityRecord => ({
  state,
  owner: 'office',
  dueAt: hasEnded({ state }) ? null : NOW,
  isEscalated: false,
  version: 3,
});

const after = (state: FertilityRecord['state'], event: FertilityEvent): string => {
  try {
    return decideFertility(inState(state), event, context).state;
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
};

const EVENTS: Record<string, FertilityEvent> = {
  evidence_given: { type: 'evidence_given' },
  no_evidence: { type: 'no_evidence' },
  deadline_passed: { type: 'deadline_passed' },
  ...Object.fromEntries(FERTILITY_DECISIONS.map((decision) => [decision, { type: 'decided', decision } as const])),
};

const NO = 'decision_not_possible_now';
const NOT_ASKED = 'no_evidence_asked';
const ENDED = 'registration_has_ended';

/** Every (state, event) pair, written by hand from policy P9. */
const TABLE: Record<string, Record<string, string>> = {
  comparing: {
    evidence_given: NOT_ASKED,
    no_evidence: NOT_ASKED,
    deadline_passed: 'comparing',
    matches: 'registered',
    differs: 'evidence_needed',
    evidence_settles: NO,
    evidence_not_enough: NO,
    not_confirmed: NO,
  },
  evidence_needed: {
    evidence_given: 'evidence_review',
    no_evidence: 'coordinated_check',
    deadline_passed: 'coordinated_check',
    matches: NO,
    differs: NO,
    evidence_settles: NO,
    evidence_not_enough: NO,
    not_confirmed: NO,
  },
  evidence_review: {
    evidence_given: NOT_ASKED,
    no_evidence: NOT_ASKED,
    deadline_passed: 'evidence_review',
    matches: NO,
    differs: NO,
    evidence_settles: 'registered',
    evidence_not_enough: 'coordinated_check',
    not_confirmed: NO,
  },
  coordinated_check: {
    evidence_given: NOT_ASKED,
    no_evidence: NOT_ASKED,
    deadline_passed: 'coordinated_check',
    matches: 'registered',
    differs: NO,
    evidence_settles: NO,
    evidence_not_enough: NO,
    not_confirmed: 'not_registered',
  },
  registered: Object.fromEntries(Object.keys(EVENTS).map((name) => [name, ENDED])),
  not_registered: Object.fromEntries(Object.keys(EVENTS).map((name) => [name, ENDED])),
};

describe('P9: fertility registration', () => {
  const pairs = FERTILITY_STATES.flatMap((state) => Object.keys(EVENTS).map((name) => [state, name] as const));

  it.each(pairs)('%s, %s', (state, name) => {
    expect(after(state, EVENTS[name]!)).toBe(TABLE[state]?.[name]);
  });

  const moving = pairs.filter(([state, name]) =>
    (FERTILITY_STATES as readonly string[]).includes(TABLE[state]![name]!),
  );

  it.each(moving)('%s, %s: an open registration has an owner and a next time, an ended one has none', (state, name) => {
    const next = decideFertility(inState(state), EVENTS[name]!, context);
    expect([next.version, next.dueAt === null]).toEqual([4, hasEnded(next)]);
    expect(next.owner === 'platform').toBe(hasEnded(next));
  });

  it('a declaration is compared by the end of the next working day', () => {
    expect(declared(context)).toEqual({
      state: 'comparing',
      owner: 'office',
      dueAt: Date.parse('2026-11-05T16:00:00Z'),
      isEscalated: false,
      version: 0,
    });
  });

  it('a silent office is looked after by the coordinator, with a new limit', () => {
    const late = decideFertility(inState('comparing'), { type: 'deadline_passed' }, context);
    expect(late).toMatchObject({ state: 'comparing', owner: 'coordinator', isEscalated: true });
    expect(late.dueAt).toBeGreaterThan(NOW);
  });

  it('a deadline that has not come changes nothing', () => {
    const early = { ...inState('comparing'), dueAt: NOW + 1 };
    expect(decideFertility(early, { type: 'deadline_passed' }, context)).toBe(early);
  });
});

const person = (number: string) => ({
  name: '向晴',
  identity: { type: 'resident_id_card' as const, number },
  nationality: 'CHN',
  mobile: '13812345678',
  household: { region: '500235001' },
  residence: { region: '500235101' },
});
const MOTHER = '50023519900307222X';
const FATHER = '440524188001010014';
const form = (change: Partial<FertilityForm> = {}): FertilityForm => ({
  declarant: 'mother',
  mother: person(MOTHER),
  father: null,
  expectedOn: '2027-01-20',
  bornOn: null,
  parity: 3,
  officeBy: 'residence',
  ...change,
});
const found = (change: Partial<FertilityForm>, verified: string | undefined = MOTHER) =>
  checkFertility(form(change), verified, '2026-11-04').map(({ pointer, code }) => `${pointer} ${code}`);

describe('P9: what is declared', () => {
  it.each([
    ['any parity, before the birth, without a father', {}, MOTHER, []],
    ['neither expected nor born', { expectedOn: null }, MOTHER, ['/expectedOn missing']],
    ['both', { bornOn: '2026-11-01' }, MOTHER, ['/expectedOn birth_given_twice']],
    ['born tomorrow', { expectedOn: null, bornOn: '2026-11-05' }, MOTHER, ['/bornOn birth_in_future']],
    ['another person’s token', {}, FATHER, ['/mother/identity/number applicant_not_verified']],
    ['no verified identity', {}, undefined, ['/mother/identity/number applicant_not_verified']],
    ['a father who is not named declares', { declarant: 'father' as const }, MOTHER, ['/father missing']],
    [
      'office of a father who is not named',
      { officeBy: 'father_household' as const },
      MOTHER,
      ['/officeBy unknown_code'],
    ],
  ])('%s', (_name, change, verified, expected) => {
    expect(
      checkFertility(form(change), verified, '2026-11-04').map(({ pointer, code }) => `${pointer} ${code}`),
    ).toEqual(expected);
  });

  it('a wrong check character is found', () => {
    expect(found({ mother: person('500235199003072221') }, '500235199003072221')).toEqual([
      '/mother/identity/number bad_check_character',
    ]);
  });

  it.each([
    ['mother_household', '500235001'],
    ['residence', '500235101'],
  ] as const)('office by %s', (officeBy, region) => {
    expect(fertilityRegion(form({ officeBy }))).toBe(region);
  });
});
