import type { ApplicationForm, NewbornForm, ParentForm, SurnameSource } from '../form';
import { checkChosenName } from './check-name';

const parent = (name: string) => ({ name }) as ParentForm;
const form = (changes: Partial<ApplicationForm> = {}) =>
  ({ mother: parent('王芳'), father: parent('李强'), newborns: [], ...changes }) as unknown as ApplicationForm;

/** Surname, given name, whose surname, form, child's ethnicity 01 or as given → errors and warnings. */
const ROWS: [string, [string, string, SurnameSource], ApplicationForm, string[], string[], string?][] = [
  ['the father’s surname', ['李', '安', 'father'], form(), [], []],
  [
    'called the father’s, but is not his',
    ['张', '安', 'father'],
    form(),
    ['/newborns/1/name/surname surname_mismatch'],
    [],
  ],
  [
    'called the mother’s, but is not hers',
    ['李', '安', 'mother'],
    form(),
    ['/newborns/1/name/surname surname_mismatch'],
    [],
  ],
  [
    'of a father who is not named',
    ['李', '安', 'father'],
    form({ father: null }),
    ['/newborns/1/surnameSource parent_missing'],
    [],
  ],
  ['another surname', ['冉', '安', 'other_lineal'], form(), [], []],
  ['by the custom of a minority', ['阿依', '古丽·买买提', 'minority_custom'], form(), [], [], '05'],
  [
    'by the custom of a minority, of a Han child',
    ['冉', '安', 'minority_custom'],
    form(),
    ['/newborns/1/surnameSource custom_needs_minority'],
    [],
  ],
  ['a digit', ['李', '安1', 'father'], form(), ['/newborns/1/name/given name_digit'], []],
  ['a rare character', ['李', '𬱖', 'father'], form(), [], ['/newborns/1/name name_needs_window']],
];

describe('P6: a name chosen later keeps the rules of the filing', () => {
  it.each(ROWS)('%s', (...row) => {
    const [, [surname, given, surnameSource], family, errors, warnings, ethnicity = '01'] = row;
    const newborn = { name: { surname, given }, surnameSource, ethnicity } as NewbornForm;
    const checked = checkChosenName(family, newborn, 1);
    const said = (items: typeof checked.errors) => items.map(({ pointer, code }) => `${pointer} ${code}`);
    expect([said(checked.errors), said(checked.warnings)]).toEqual([errors, warnings]);
  });
});
