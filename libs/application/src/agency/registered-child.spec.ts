import type { IdentityFact, StepCode, StepRecord } from '@birth/domain';
import { residentIdCheckCharacter } from '@birth/standards';
import type { RegisteredPerson } from '../ports/agency-adapter';
import type { LoadedCase } from '../ports/case-store';
import type { StepResults } from '../ports/dossier';
import { comparedSections, differencesOf } from './registered-child';

const number = (birth: string, order: string) => {
  const first = `500235${birth}${order}`;
  return first + residentIdCheckCharacter(first);
};
const BOY = number('20261030', '011');
const GIRL = number('20261030', '012');
const OTHER_DAY = number('20261031', '011');
const registered = (residentIdNumber: string, registeredName = '李安'): StepResults => ({
  household_registration: {
    residentIdNumber,
    registeredName,
    householdNumber: 'H1',
    address: '一号',
    stationName: '双江派出所',
    registeredOn: '2026-11-02',
  },
});
const issued = (certificateNumber: string, registeredName?: string): StepResults => ({
  birth_certificate: {
    certificateNumber,
    issuedOn: '2026-11-02',
    issuer: '云阳县人民医院',
    ...(registeredName === undefined ? {} : { registeredName }),
  },
});

interface Given {
  reported?: boolean;
  results?: StepResults;
  name?: { surname: string; given: string } | null;
}

function differing(results: StepResults, given: Given = {}): IdentityFact[] {
  const { reported = false, name = { surname: '李', given: '安' } } = given;
  const sections = {
    name,
    birth: { sex: 'male' },
    existing: { residentIdNumber: BOY, birthCertificateNumber: 'L500000001' },
    results: given.results ?? {},
  };
  const step = {
    code: (Object.keys(results) as StepCode[])[0],
    newbornIndex: 0,
    ...(reported ? { state: 'accepted', reason: 'verifying', owner: 'clerk' } : { state: 'accepted', owner: 'agency' }),
  } as StepRecord;
  const state = { newborns: [{ index: 0, bornOn: '2026-10-30' }] };
  return differencesOf({ results }, step, { state, open: () => sections } as unknown as LoadedCase);
}

describe('P15: who was registered, against the case', () => {
  it.each<[string, StepResults, Given, IdentityFact[]]>([
    ['the same child', registered(BOY), {}, []],
    ['another name', registered(BOY, '李岸'), {}, ['name']],
    ['another name than the certificate’s', registered(BOY), { results: issued('L5', '李岸') }, ['name']],
    ['the certificate’s name', registered(BOY, '李岸'), { results: issued('L5', '李岸') }, []],
    [
      'a separator as the system writes it',
      registered(BOY, '买买提•艾力 '),
      { name: { surname: '', given: '买买提·艾力' } },
      [],
    ],
    ['another sex', registered(GIRL), {}, ['sex']],
    ['another birth date', registered(OTHER_DAY), {}, ['birth_date']],
    ['a name not decided', registered(BOY), { name: null }, []],
    ['the same certificate', issued('L500000001', '李安'), {}, []],
    ['a certificate that says no name', issued('L500000001'), {}, []],
    ['a certificate of another name', issued('L500000001', '李岸'), {}, ['name']],
    ['another certificate number, which nobody had reported', issued('L5', '李安'), {}, []],
  ])('%s', (_name, results, given, wanted) => expect(differing(results, given)).toEqual(wanted));
});

describe('P14: what an agency knows, against what the family reported of a counter', () => {
  it.each<[string, StepResults, IdentityFact[]]>([
    ['the number that was reported', registered(BOY), []],
    ['another number', registered(number('20261030', '013')), ['resident_id_number']],
    ['another certificate', issued('L500000002', '李安'), ['certificate_number']],
  ])('%s', (_name, results, wanted) => expect(differing(results, { reported: true })).toEqual(wanted));
});

it('only results that say who the child is open anything', () => {
  expect(comparedSections({ kind: 'accepted' })).toEqual([]);
  expect(
    comparedSections({
      kind: 'completed',
      results: { medical_insurance: { personNumber: 'P', insuredOn: '2026-11-02', areaCode: '500235' } },
    }),
  ).toEqual([]);
  expect(comparedSections({ kind: 'completed', results: registered(BOY) })).toContain('birth');
});

describe('P14: whom another register holds, against the case', () => {
  const sections = {
    name: { surname: '李', given: '安' },
    birth: { sex: 'male' },
    existing: { residentIdNumber: BOY },
    results: {},
  };
  const state = { newborns: [{ index: 0, bornOn: '2026-10-30' }] };
  const held = { name: '李安', sex: 'male', bornOn: '2026-10-30' } as const;
  it.each<[string, Partial<RegisteredPerson>, IdentityFact[]]>([
    ['the same child', {}, []],
    ['one that has no name yet', { name: '王芳之子' }, []],
    ['what it does not say', { name: null, sex: null, bornOn: null }, []],
    ['another name', { name: '李岸' }, ['name']],
    ['another sex and day', { sex: 'female', bornOn: '2026-10-31' }, ['sex', 'birth_date']],
  ])('%s', (_name, changes, wanted) => {
    const registered = { ...held, ...changes };
    const step = { code: 'vaccination', newbornIndex: 0, state: 'queued' } as StepRecord;
    const loaded = { state, open: () => sections } as unknown as LoadedCase;
    expect(differencesOf({ results: {}, registered }, step, loaded)).toEqual(wanted);
    expect(comparedSections({ kind: 'completed', results: {}, registered })).toContain('name');
  });

  it('what the agency itself says to differ opens nothing', () => {
    const loaded = { state, open: jest.fn() } as unknown as LoadedCase;
    const step = { code: 'household_registration', newbornIndex: 0 } as StepRecord;
    expect(differencesOf({ results: {}, differs: ['resident_id_number'] }, step, loaded)).toEqual([
      'resident_id_number',
    ]);
  });
});
