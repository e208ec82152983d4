import type { AgencyCode, StepCode, StepState } from '@birth/domain';
import { submissionKey } from '@birth/platform';
import type { ComparedStep } from './ledger-comparison';
import { otherChildren } from './one-child';

const CHILD = '500235199001011234|2026-01-01 08:00:00|1';
const known = { naturalKeys: new Map([['c/0', CHILD]]), insuredBefore: new Set<string>(), laterNames: new Map() };
const AGENCY: Partial<Record<StepCode, AgencyCode>> = {
  birth_certificate: 'health-commission',
  vaccination: 'disease-control',
  household_registration: 'public-security',
  identity_backfill: 'disease-control',
};
const step = (code: StepCode, state: StepState = 'completed'): ComparedStep => ({
  id: `0198c0de-0000-7000-8000-00000000000${Object.keys(AGENCY).indexOf(code)}`,
  applicationId: 'c',
  newbornIndex: 0,
  qualifier: '',
  code,
  agency: AGENCY[code]!,
  channel: 'api',
  state,
  source: 'agency',
  mode: 'issue',
  generation: 1,
});
const STEPS = [
  step('birth_certificate'),
  step('vaccination'),
  step('household_registration'),
  step('identity_backfill'),
];
const booked = (code: StepCode, name: string, more: object = {}, kind = 'final') => ({
  agency: AGENCY[code]!,
  kind,
  key: code === 'vaccination' ? null : submissionKey(step(code).id, 1),
  naturalKey: CHILD,
  newborn: { name, sex: 'male', bornAt: '2026-01-01T08:00:00+08:00', ...more },
  results: null,
});
const BOOKS = [
  booked('birth_certificate', '张浩宇'),
  booked('vaccination', '王芳之子'),
  booked('vaccination', '张浩宇', {}, 'amended'),
  booked('household_registration', '张浩宇', { bornAt: '2026-01-01' }),
];
const found = (entries: typeof BOOKS, steps = STEPS, updates = new Set<string>()) =>
  otherChildren(steps, entries, known, updates);

describe('P15: one child in every agency’s book', () => {
  it('a name that was amended in the end is that of the others', () => expect(found(BOOKS)).toEqual([]));

  it.each([
    ['another name', 'name', booked('household_registration', '张浩雨')],
    ['another sex', 'sex', booked('household_registration', '张浩宇', { sex: 'female' })],
    ['another birth date', 'birth date', booked('household_registration', '张浩宇', { bornAt: '2026-01-02' })],
  ])('%s is found', (_name, fact, last) => {
    expect(found([...BOOKS, last])).toEqual([
      `P15 c/0: another ${fact} at health-commission, disease-control, public-security`,
    ]);
  });

  it('the name that was registered counts, not the one that was asked for', () => {
    const registered = { ...booked('household_registration', '张浩宇'), results: { registeredName: '张浩雨' } };
    expect(found([...BOOKS, registered as never])).toHaveLength(1);
  });

  it('not before the case is over, or while an office is asked to change it', () => {
    const wrong = [...BOOKS, booked('household_registration', '张浩雨')];
    expect(found(wrong, [...STEPS.slice(0, 2), step('household_registration', 'stuck')])).toEqual([]);
    expect(found(wrong, STEPS, new Set([STEPS[0]!.id]))).toEqual([]);
  });
});
