import type { Scenario } from '../scenarios/scenario';
import { AgencyScript, scripted } from '../scenarios/agency-script';
import { handCourse } from './hand-course';
import type { Taken } from './task-facts';

const NAME = '李安';
const task = (changes: Partial<Taken>): Taken => ({
  ...{ taskId: 't', key: null, stepId: 's', stepCode: 'vaccination', mode: 'issue', qualifier: '' },
  newborn: { name: NAME, sex: 'female', bornAt: '' },
  documents: { residentId: null, certificate: null, motherId: null },
  ...{ tier: null, office: 'YYV001', way: 'worklist' },
  ...changes,
});
const scriptOf = (scenario: Scenario | null): AgencyScript => {
  const byName = scenario === null ? {} : { [NAME]: scripted(scenario) };
  return new AgencyScript({ all: null, byName }, () => undefined);
};
const course = (changes: Partial<Taken>, scenario: Scenario | null = null, isKnown = false) =>
  handCourse(task(changes), { script: scriptOf(scenario), paceMs: 300, isKnown })?.map(({ afterMs, stage }) => [
    afterMs,
    stage.kind,
  ]) ?? null;

describe('what staff do with a task', () => {
  it.each<[string, Partial<Taken>, Scenario | null, [number, string][] | null]>([
    ['nothing in particular', {}, null, null],
    ['a premium that is due', { stepCode: 'insurance_payment' }, null, null],
    ['a premium that is free', { stepCode: 'insurance_payment' }, { kind: 'subsidised_zero' }, [[0, 'done']]],
    [
      'a certificate that nobody here has issued',
      { stepCode: 'birth_certificate', mode: 'verify' },
      null,
      [[300, 'special']],
    ],
    [
      'insured, as the family says',
      { stepCode: 'medical_insurance', mode: 'already_done' },
      null,
      [[300, 'correction']],
    ],
    [
      'a bank that opens no account',
      { stepCode: 'social_security_card' },
      { kind: 'bank_refuses' },
      [[300, 'refused']],
    ],
    [
      'a paper that has to come first',
      { stepCode: 'household_registration' },
      { kind: 'paper_awaited', resumeAfterMs: 5_000 },
      [
        [0, 'working'],
        [5_000, 'working'],
        [100, 'working'],
        [100, 'done'],
      ],
    ],
  ])('%s', (_name, changes, scenario, expected) => expect(course(changes, scenario)).toEqual(expected));

  it.each(['birth_certificate', 'medical_insurance'] as const)(
    '%s: what the register knows is confirmed',
    (stepCode) => {
      expect(course({ stepCode, mode: 'verify' }, null, true)).toBeNull();
    },
  );
});
