import rawOffices from '../../../seeds/offices/yunyang.json';
import premiums from '../../../seeds/policy/premiums.json';
import routing from '../../../seeds/policy/routing.json';
import settings from '../../../seeds/policy/settings.json';
import steps from '../../../seeds/policy/steps.json';
import twins from '../../../seeds/applications/014-twins-two-surnames-two-households.json';
import { newCase, planNewborns } from './case-plan';
import { workingCalendar } from '@birth/standards';
import { NOW } from './engine/model/model-case.spec-support';
import type { ApplicationForm, NewbornForm } from './form';
import type { KnownBirth } from './form-rules/check-form';
import type { Office } from './offices/office';
import { policyOn, type RawPolicy, readPolicy } from './routing/policy';
import type { ServiceCode } from './vocabulary';

const offices = rawOffices.offices as unknown as readonly Office[];
const raw = { routing, settings, steps, premiums } as unknown as RawPolicy;
const policy = policyOn(readPolicy(raw), '2026-11-02');
const birth = (sex: 'male' | 'female', deliveryOrder: number): KnownBirth => ({
  bornOn: '2026-10-30',
  bornAt: Date.parse('2026-10-30T09:05:00+08:00'),
  sex,
  plurality: 2,
  deliveryOrder,
  region: '500235',
  kind: 'hospital',
  officeCode: 'YYH002',
  outcome: 'live',
  recordedMother: null,
  awaitsMother: false,
});
const calendar = workingCalendar([]);
const births = [birth('male', 1), birth('female', 2)];

/** The steps of the twins, the second of whom differs from the first in what is given. */
function stepsOf(second: Partial<NewbornForm>, parents: Partial<ApplicationForm> = {}) {
  const form = structuredClone(twins.form) as unknown as ApplicationForm;
  Object.assign(form, parents);
  const first = form.newborns[0] as NewbornForm;
  form.newborns = [first, { ...structuredClone(first), ...second }];
  const context = { ...policy, now: NOW, calendar, offices, definitionVersion: 'v', newId: newIds() };
  const plans = planNewborns(form, births, context);
  const { steps: records } = newCase('c', form, plans, context);
  return (index: number, code: ServiceCode) =>
    records.find((step) => step.newbornIndex === index && step.code === code)!;
}

function newIds(): () => string {
  let count = 0;
  return () => `s${(count += 1)}`;
}

const wishes = twins.form.newborns[0] as unknown as NewbornForm;

describe('P5: newborns are filed together, decided apart', () => {
  it('each has its own steps: what is the same for the first is the same for the second', () => {
    const step = stepsOf({});
    for (const code of wishes.services) {
      const [one, other] = [step(0, code), step(1, code)];
      expect(one.id).not.toBe(other.id);
      expect({ ...one, id: '', newbornIndex: 0 }).toEqual({ ...other, id: '', newbornIndex: 0 });
    }
  });

  it.each<[string, Partial<NewbornForm>, ServiceCode, object]>([
    [
      'household: follows the mother into another town',
      { household: { ...wishes.household!, follows: 'mother', region: '500235115' } },
      'household_registration',
      { officeCode: offices.find(({ kind, town }) => kind === 'police_station' && town === '500235115')!.code },
    ],
    [
      'household: a household elsewhere',
      { household: { ...wishes.household!, region: '510722' } },
      'household_registration',
      { mode: 'external', officeKind: 'outside_agency' },
    ],
    [
      'surname: another reason',
      { name: { surname: '欧', given: '安' }, surnameSource: 'other_reason' },
      'household_registration',
      { papers: ['surname_reason'] },
    ],
    [
      'insurance: baby in hospital',
      { insurance: { ...wishes.insurance!, inHospital: true } },
      'medical_insurance',
      { basis: 'birth_certificate' },
    ],
    [
      'insurance: another town desk',
      { insurance: { ...wishes.insurance!, townUnit: 'YYI002' } },
      'medical_insurance',
      { officeCode: 'YYI002' },
    ],
    [
      'vaccination: another unit',
      { vaccination: { ...wishes.vaccination!, unitOfficeCode: 'YYV002' } },
      'vaccination',
      { officeCode: 'YYV002' },
    ],
    ['name: later', { name: null }, 'birth_certificate', { holds: ['name_undecided', 'parent_confirmation'] }],
    [
      'services: no card',
      { services: wishes.services.filter((code) => code !== 'social_security_card') },
      'social_security_card',
      { state: 'not_applicable', reason: 'not_requested' },
    ],
  ])('%s; the first is not touched', (_name, second, code, expected) => {
    const same = stepsOf({});
    const step = stepsOf(second);
    expect(step(1, code)).toMatchObject(expected);
    expect(step(0, code)).not.toMatchObject(expected);
    for (const service of wishes.services) expect(step(0, service)).toEqual(same(0, service));
  });
});
