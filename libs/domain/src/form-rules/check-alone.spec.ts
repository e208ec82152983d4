import type { ApplicationForm, NewbornForm, ParentForm } from '../form';
import { checkAlone } from './check-alone';

const mother = {
  name: '王芳',
  ethnicity: '01',
  nationality: 'CHN',
  identity: { type: 'resident_id_card', number: '50023519900505122X' },
} as ParentForm;
const household = {
  follows: 'mother',
  head: { name: '王芳', identityNumber: '50023519900505122X', relationToFollowed: 'self' },
  kind: 'family',
  region: '500235001',
  address: '示例路1号',
} as const;
const child = (changes: Partial<NewbornForm>): NewbornForm =>
  ({
    name: { surname: '王', given: '安' },
    surnameSource: 'mother',
    ethnicity: '01',
    household,
    ...changes,
  }) as NewbornForm;
const found = (...newborns: NewbornForm[]) =>
  checkAlone({ mother, father: null, newborns } as unknown as ApplicationForm).errors.map(
    ({ pointer, code }) => `${pointer} ${code}`,
  );

describe('P7: what a newborn had from a father who is left out', () => {
  it.each<[string, Partial<NewbornForm>, string[]]>([
    ['nothing', {}, []],
    ['no name yet', { name: null, surnameSource: 'father' }, []],
    ['no household asked for', { household: undefined as never }, []],
    ['his surname', { surnameSource: 'father' }, ['/newborns/0/surnameSource came_from_father']],
    [
      'his household',
      { household: { ...household, follows: 'father' } },
      ['/newborns/0/household/follows came_from_father'],
    ],
    ['his ethnicity', { ethnicity: '15' }, ['/newborns/0/ethnicity ethnicity_of_neither_parent']],
    // 民法典 art. 1015: kept for another proper reason, which is brought
    ['his surname for another reason', { name: { surname: '李', given: '安' }, surnameSource: 'other_reason' }, []],
    [
      'a surname that is not hers',
      { name: { surname: '李', given: '安' } },
      ['/newborns/0/name/surname surname_mismatch'],
    ],
    ['neither parent’s book', { household: { ...household, follows: 'special' } }, []],
  ])('%s', (_name, changes, errors) => expect(found(child(changes))).toEqual(errors));

  it('each twin is looked at', () => {
    expect(found(child({}), child({ surnameSource: 'father' }))).toEqual([
      '/newborns/1/surnameSource came_from_father',
    ]);
  });
});
