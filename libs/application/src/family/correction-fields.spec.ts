import type { Office } from '@birth/domain';
import type { DossierSections } from '../ports/dossier';
import { correctableFields, correctedSections } from './correction-fields';

const PARENT = {
  name: '王芳',
  identity: { type: 'resident_id_card' as const, number: '500235199103247584' },
  ethnicity: '01',
  nationality: 'CHN',
  mobile: '13800000001',
  household: { region: '500235002', kind: 'family' as const, address: '一号' },
  residence: { region: '500235002', address: '二号' },
};
const STORED = {
  name: { surname: '李', given: '安', surnameSource: 'father' },
  origin: { ethnicity: '01', nationality: 'CHN' },
  mother: PARENT,
  father: null,
  applicant: { role: 'mother', name: '王芳', identity: PARENT.identity, mobile: PARENT.mobile },
  existing: { birthCertificateNumber: null, residentIdNumber: null, insuredAlready: false },
  vaccination: null,
  household: {
    follows: 'mother',
    head: { name: '王芳', identityNumber: PARENT.identity.number, relationToFollowed: 'self' },
    kind: 'family',
    region: '500235002',
    address: '一号',
  },
  insurance: null,
  card: { bankCode: 'BOCQ', pickup: 'counter' },
} as unknown as DossierSections;
/** Another woman's number. */
const OTHER = '500235199103247621';
const OFFICES = [{ code: 'B1', kind: 'bank_outlet', bankCode: 'BOCQ' }] as unknown as Office[];

const correct = (fields: Record<string, unknown>, asked: string[] = []) =>
  correctedSections({ fields, asked, newbornIndex: 1, offices: OFFICES }, () => STORED);

describe('P15: what a correction may change', () => {
  it('replaces what was asked, case-wide or for the newborn', () => {
    expect(correct({ '/household/address': '九号' }, ['/household/address'])).toMatchObject({
      changed: ['household'],
      sections: [{ newbornIndex: 1, section: 'household', value: { address: '九号', kind: 'family' } }],
    });
    expect(correct({ '/mother/mobile': '13900000001' }, ['/mother', '/name'])).toMatchObject({
      sections: [{ newbornIndex: null, section: 'mother' }],
    });
  });

  it('leaves the stored section as it was', () => {
    correct({ '/name/given': '宁' });
    expect(STORED.name?.given).toBe('安');
  });

  it.each([
    ['not asked', { '/name/given': '宁' }, ['/household'], '/name/given', 'not_asked'],
    ['a neighbour of the same beginning', { '/mother/name': '王' }, ['/mother/na'], '/mother/name', 'not_asked'],
    ['a hospital’s fact', { '/birth/sex': 'male' }, [], '/birth/sex', 'not_correctable'],
    ['a field that is not there', { '/name/third': 'x' }, [], '/name/third', 'not_correctable'],
    ['a section that is not there', { '/father/name': '李强' }, [], '/father/name', 'not_correctable'],
    ['another type', { '/household/address': 9 }, [], '/household/address', 'not_correctable'],
    ['a text without an end', { '/household/address': '九'.repeat(201) }, [], '/household/address', 'not_correctable'],
    ['an emptied field', { '/household/address': '' }, [], '/household/address', 'not_correctable'],
    ['half an object', { '/mother/identity': { number: 'x' } }, [], '/mother/identity', 'not_correctable'],
    [
      'a number where a text may be',
      { '/existing/residentIdNumber': 9 },
      [],
      '/existing/residentIdNumber',
      'not_correctable',
    ],
    ['who files', { '/applicant/identity/number': 'x' }, [], '/applicant/identity/number', 'not_correctable'],
    [
      'another mother than the one who files',
      { '/mother/identity/number': OTHER },
      [],
      '/mother/identity/number',
      'applicant_not_parent',
    ],
    [
      'a certificate number',
      { '/existing/birthCertificateNumber': 'Z1' },
      [],
      '/existing/birthCertificateNumber',
      'bad_format',
    ],
    ['a mobile', { '/applicant/mobile': '12' }, [], '/applicant/mobile', 'bad_mobile'],
    [
      'an unknown kind of paper',
      { '/mother/identity/type': 'card' },
      ['/mother'],
      '/mother/identity/type',
      'unknown_code',
    ],
    ['a prototype', { '/name/__proto__/x': 'y' }, [], '/name/__proto__/x', 'not_correctable'],
    ['nothing', {}, [], '/fields', 'missing'],
    ['digits in a name', { '/name/given': '安1' }, [], '/name/given', 'name_digit'],
    [
      'a wrong check character',
      { '/mother/identity/number': '500235199103247583' },
      [],
      '/mother/identity/number',
      'bad_check_character',
    ],
    ['a word outside the set', { '/card/pickup': 'drone' }, [], '/card/pickup', 'unknown_code'],
    ['an unknown bank', { '/card/bankCode': 'XXXX' }, [], '/card/bankCode', 'unknown_code'],
    ['an unknown region', { '/household/region': '999999' }, [], '/household/region', 'unknown_code'],
  ])('%s is refused with its pointer', (...[, fields, asked, pointer, code]) => {
    expect(correct(fields, asked)).toEqual({ errors: [{ pointer, code }] });
  });
});

describe('P15: what an agency names', () => {
  it.each([
    ['what the family gave', ['/household/address', '/mother/identity'], ['/household/address', '/mother/identity']],
    ['an empty field of what it gave', ['/existing/residentIdNumber'], ['/existing/residentIdNumber']],
    ['a parent who is not named', ['/father/name', '/mother/name'], ['/mother/name']],
    ['a wish that it did not have', ['/vaccination/unitOfficeCode'], []],
    ['a hospital’s fact', ['/birth/bornAt', '/name'], ['/name']],
    ['words that are no pointer', ['name', '/', ''], []],
    ['who files', ['/applicant/identity/number', '/applicant/mobile'], ['/applicant/mobile']],
  ])('%s', (_name, asked, open) => expect(correctableFields(asked, STORED)).toEqual(open));
});
