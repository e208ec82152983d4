import type { ParentForm } from '../form';
import { checkCorrection, type CorrectedSections } from './check-correction';
import { isEthnicityOfParent } from './check-people';

const of = (ethnicity: string, nationality = 'CHN') =>
  ({ ethnicity, nationality, identity: { type: 'passport', number: ethnicity } }) as ParentForm;

describe('the ethnicity of a child', () => {
  it.each<[string, (ParentForm | null)[], boolean]>([
    ['is its mother’s', [of('05'), of('01')], true],
    ['is its father’s', [of('01'), of('05')], true],
    ['is not one of neither parent', [of('01'), of('15')], false],
    ['is not one of an only parent', [of('01'), null], false],
    ['is that of the Chinese parent', [of('01'), of('05', 'KAZ')], false],
    ['is not compared where no parent is Chinese', [of('01', 'KAZ'), null], true],
  ])('%s', (_name, parents, expected) => expect(isEthnicityOfParent('05', parents)).toBe(expected));

  it('stays one of its parents when it is corrected', () => {
    const stored = { mother: of('01'), father: of('15') } as CorrectedSections;
    const corrected = (ethnicity: string) => checkCorrection({ origin: { ethnicity, nationality: 'CHN' } }, stored, []);
    expect(corrected('05')).toEqual([{ pointer: '/origin/ethnicity', code: 'ethnicity_of_neither_parent' }]);
    expect(corrected('15')).toEqual([]);
  });
});
