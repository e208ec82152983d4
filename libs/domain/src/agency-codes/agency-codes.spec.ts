import { AGENCIES } from '../vocabulary';
import { AgencyCodes, type RawAgencyCodes } from './agency-codes';

type RawCode = RawAgencyCodes['codes'][number];
const CODE: RawCode = {
  field: 'statusCode',
  code: '20',
  class: 'correctable',
  parent: '请更正',
  clerk: '退回补正',
  next: '等家庭更正',
  source: 'wire',
  assumed: true,
};
const { field: _field, code: _code, ...WORDS } = CODE;
const dictionary = (agency: (typeof AGENCIES)[number], codes: readonly RawCode[] = [CODE]): RawAgencyCodes => ({
  agency,
  codes,
  unknown: { ...WORDS, class: 'technical' },
});
const all = (codes?: readonly RawCode[]) => AGENCIES.map((agency) => dictionary(agency, codes));

describe('the dictionary of an agency’s codes', () => {
  it('says what a code means, and keeps the agencies apart', () => {
    const codes = new AgencyCodes([dictionary('health-commission'), ...all([]).slice(1)]);
    expect(codes.find('health-commission', 'statusCode=20')).toMatchObject({ class: 'correctable', parent: '请更正' });
    expect(codes.find('public-security', 'statusCode=20')).toBeNull();
    expect(codes.find('public-security', 'unknown')).toMatchObject({ class: 'technical' });
  });

  it.each<[string, Partial<Record<keyof RawCode, unknown>>, string]>([
    ['a class that is none', { class: 'odd' }, 'unknown class'],
    ['no words for the family', { parent: ' ' }, 'parent is missing'],
    ['no words for the clerk', { clerk: undefined }, 'clerk is missing'],
    ['nothing to do next', { next: '' }, 'next is missing'],
    ['no source', { source: '' }, 'source is missing'],
    ['nobody’s word whether it is assumed', { assumed: undefined }, 'assumed is missing'],
    ['P8: a forbidden paper', { parent: '请提供准生证' }, 'forbidden paper'],
    ['P8: a forbidden paper in what is to be done', { next: '先缴纳社会抚养费' }, 'forbidden paper'],
    ['a field that is no pointer', { fields: ['mother.name'] }, 'no pointer'],
    ['fields where nothing can be corrected', { class: 'policy_refusal', fields: ['/name'] }, 'nothing to correct'],
  ])('%s is refused', (_name, changes, reason) => {
    expect(() => new AgencyCodes(all([{ ...CODE, ...changes } as RawCode]))).toThrow(reason);
  });

  it('a code twice, an agency without one, or two of one, are refused', () => {
    expect(() => new AgencyCodes(all([CODE, CODE]))).toThrow('twice');
    expect(() => new AgencyCodes(all().slice(1))).toThrow('health-commission has no dictionary');
    expect(() => new AgencyCodes([...all(), dictionary('public-security')])).toThrow('two of one');
  });

  it('an unknown code is never more than technical', () => {
    const guessed = { ...dictionary('health-commission'), unknown: { ...WORDS, class: 'correctable' as const } };
    expect(() => new AgencyCodes([guessed, ...all().slice(1)])).toThrow('a person’s to read');
  });
});
