import { registrationOf } from '../medical-insurance/medical-insurance.mapper';
import { rowOf } from '../public-security/public-security.mapper';
import { guardianOf } from './living-guardian';
import { FATHER, MOTHER, requestOf } from './requests.spec-support';

const GUARDIAN = {
  role: 'guardian',
  name: '王秀英',
  identity: { type: 'resident_id_card', number: '500235196001011229' },
  mobile: '13800000009',
} as const;
const dead = { absence: 'deceased' } as const;
const filedBy = (role: 'mother' | 'father', { name, identity, mobile } = role === 'mother' ? MOTHER : FATHER) =>
  ({ role, name, identity, mobile }) as const;

describe('P16: no agency is told to write to a parent who died', () => {
  it.each<[string, Parameters<typeof guardianOf>[0], string]>([
    ['the mother who files', { applicant: filedBy('mother'), mother: MOTHER, father: FATHER }, '王芳'],
    ['the father who files', { applicant: filedBy('father'), mother: MOTHER, father: FATHER }, '李强'],
    [
      'the father where she who filed died',
      { applicant: filedBy('mother'), mother: { ...MOTHER, ...dead }, father: FATHER },
      '李强',
    ],
    [
      'the mother where he died',
      { applicant: filedBy('father'), mother: MOTHER, father: { ...FATHER, ...dead } },
      '王芳',
    ],
    [
      'the guardian of an orphan',
      { applicant: GUARDIAN, mother: { ...MOTHER, ...dead }, father: { ...FATHER, ...dead } },
      '王秀英',
    ],
  ])('but to %s', (_name, sections, name) => {
    expect(guardianOf(sections)).toMatchObject({ name });
    expect(registrationOf(requestOf({ sections }))).toMatchObject({ grdn_name: name });
  });

  it('nothing is sent in a dead parent’s name where nobody goes on yet', () => {
    const orphan = { applicant: filedBy('mother'), mother: { ...MOTHER, ...dead }, father: null };
    expect(() => guardianOf(orphan)).toThrow('sent without a guardian');
  });

  it('the police read who the guardian alive is; the parents stay the parents', () => {
    const sections = { applicant: filedBy('mother'), mother: { ...MOTHER, ...dead }, father: FATHER };
    const row = rowOf(requestOf({ sections }));
    expect(row).toMatchObject({ mqxm: '王芳', jhryxm: '李强', jhrylxdh: FATHER.mobile, jhrexm: null });
    const orphan = { ...sections, father: { ...FATHER, ...dead }, applicant: GUARDIAN };
    expect(rowOf(requestOf({ sections: orphan }))).toMatchObject({ jhryxm: '王秀英', jhrygx: '97', jhrexm: null });
  });
});
