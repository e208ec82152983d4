import { dueShares, type SharedState, type ToldShare } from './due-shares';
import { fieldsOf, type Receiver, receiverFaults, SHARED_FIELDS, type SharedField } from './receiver';

const receiver = (changes: Partial<Receiver> = {}): Receiver => ({
  code: 'education',
  name: '云阳县教育委员会',
  legalBasis: '《中华人民共和国义务教育法》第十二条',
  purpose: '学位预测',
  mode: 'api',
  facts: ['registered', 'died'],
  fields: ['childName', 'residentIdNumber'],
  source: 'county plan',
  validFrom: '2026-01-01',
  validTo: null,
  assumed: true,
  ...changes,
});
const NAMED = { childName: '王芳之子', residentIdNumber: '1' };
const RENAMED = { ...NAMED, childName: '王小明' };
const told = (event: ToldShare['event'], version: number, values: ToldShare['values'] = NAMED): ToldShare => ({
  receiver: 'education',
  about: 'registered',
  event,
  version,
  values,
});

/** State now, told before → what is told: event, version and name. */
const ROWS: [string, SharedState, ToldShare[], [string, number, string | null | undefined][]][] = [
  ['nothing is so', {}, [], []],
  ['it is so', { registered: NAMED }, [], [['registered', 1, '王芳之子']]],
  ['told already', { registered: NAMED }, [told('registered', 1)], []],
  ['another value', { registered: RENAMED }, [told('registered', 1)], [['corrected', 2, '王小明']]],
  ['corrected already', { registered: RENAMED }, [told('registered', 1), told('corrected', 2, RENAMED)], []],
  ['the first value again', { registered: NAMED }, [told('corrected', 2, RENAMED)], [['corrected', 3, '王芳之子']]],
  ['no longer so', {}, [told('registered', 1)], [['retracted', 2, undefined]]],
  ['retracted already', {}, [told('registered', 1), told('retracted', 2, {})], []],
  ['so again', { registered: NAMED }, [told('retracted', 2, {})], [['registered', 3, '王芳之子']]],
  ['a fact that it does not get', { insured: NAMED }, [], []],
  [
    'told to another',
    { registered: NAMED },
    [{ ...told('registered', 1), receiver: 'other' }],
    [['registered', 1, '王芳之子']],
  ],
  ['a death of a child that it does not know', { died: NAMED }, [], []],
  [
    'a death of a child that it knows',
    { registered: NAMED, died: NAMED },
    [told('registered', 1)],
    [['died', 1, '王芳之子']],
  ],
  [
    'in any order',
    { registered: NAMED },
    [told('corrected', 2, RENAMED), told('registered', 1)],
    [['corrected', 3, '王芳之子']],
  ],
];

describe('P19: what a receiver is told', () => {
  it.each(ROWS)('%s', (_name, state, before, wanted) => {
    const due = dueShares(receiver(), state, before);
    expect(due.map(({ event, version, values }) => [event, version, values.childName])).toEqual(wanted);
    expect(dueShares(receiver(), state, [...before, ...due])).toEqual([]);
  });

  it('gets the fields of its row that belong to the fact, and no other', () => {
    const [due] = dueShares(receiver(), { registered: { ...NAMED, motherName: '王芳' } }, []);
    expect(due?.values).toEqual(NAMED);
    expect(fieldsOf(receiver({ fields: ['registeredOn', 'childName'] }), 'died')).toEqual(['childName']);
  });

  it('a field added to its set is told of those it knows', () => {
    const wider = receiver({ fields: ['childName', 'residentIdNumber', 'childSex'] });
    const [due] = dueShares(wider, { registered: { ...NAMED, childSex: 'male' } }, [told('registered', 1)]);
    expect(due).toMatchObject({ event: 'corrected', values: { childSex: 'male' } });
  });
});

describe('P19: the catalogue of receivers', () => {
  it.each<[string, Partial<Receiver>, string]>([
    ['no legal basis', { legalBasis: ' ' }, 'legalBasis is empty'],
    ['no purpose', { purpose: '' }, 'purpose is empty'],
    ['no fact', { facts: [] }, 'no fact is named'],
    ['no field', { fields: [] }, 'no field is named'],
    ['marriage', { fields: ['parentsRelation' as SharedField] }, 'field parentsRelation is not shared'],
    ['parity', { fields: ['parity' as SharedField] }, 'field parity is not shared'],
    [
      'more than its facts need',
      { fields: ['childName', 'insuredOn'] },
      'field insuredOn belongs to none of its facts',
    ],
    ['a mode of its own', { mode: 'fax' as Receiver['mode'] }, 'mode fax is unknown'],
    ['a code with spaces', { code: 'the office' }, 'code is not of lower-case letters and hyphens'],
  ])('%s: refused', (_name, changes, fault) => {
    expect(receiverFaults(receiver(changes))).toContain(fault);
  });

  it('whole: taken', () => expect(receiverFaults(receiver())).toEqual([]));

  it('P8: knows no field of marriage, parity or fertility', () => {
    const forbidden = /marri|relation|parity|fertil|spouse|wed/i;
    expect(Object.keys(SHARED_FIELDS).filter((field) => forbidden.test(field))).toEqual([]);
  });
});
