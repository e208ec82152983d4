import {
  AgencyContractBroken,
  type ExchangeAnswer,
  type ExchangeRequest,
  type ExchangeTable,
} from '@birth/application';
import { REFUSAL, requestOf } from '../kit/requests.spec-support';
import { ExchangeTableAdapter } from './exchange-table.adapter';
import { toAnswer } from './exchange-table.mapper';

const UNTAKEN: ExchangeAnswer = {
  flag: null,
  flagAt: null,
  receipt: null,
  errorText: null,
  errorFields: null,
  result: null,
  refusal: null,
};
const AT = 1_793_608_200_000;
const row = (changes: Partial<ExchangeAnswer>): ExchangeAnswer => ({
  ...UNTAKEN,
  flagAt: AT,
  receipt: 'R1',
  ...changes,
});
const VACCINATION = { code: 'vaccination', qualifier: '' } as const;
const RESULT = { childCode: 'C1', bookNumber: 'B1', unitName: '接种室' };
const STATED = { occurredAt: AT, receipt: 'R1' };

describe('a row of the exchange table', () => {
  it.each<[string, ExchangeAnswer, object]>([
    ['not taken', UNTAKEN, { kind: 'accepted', detail: 'delivered' }],
    ['0: taken', row({ flag: '0' }), { ...STATED, kind: 'accepted', detail: 'in_progress' }],
    [
      '1: finished',
      row({ flag: '1', result: RESULT }),
      { ...STATED, kind: 'completed', results: { vaccination: RESULT } },
    ],
    [
      '1: there before, under the mother’s name',
      row({ flag: '1', result: { ...RESULT, existed: true, registeredName: '李桂英之子' } }),
      {
        ...{ ...STATED, kind: 'completed', results: { vaccination: RESULT }, existed: true },
        registered: { name: '李桂英之子', sex: null, bornOn: null },
      },
    ],
    [
      '2: an item is missing',
      row({ flag: '2', errorText: '地址不清', errorFields: ['/vaccination/residenceAddress'] }),
      { ...STATED, kind: 'correction_needed', fields: ['/vaccination/residenceAddress'], text: '地址不清' },
    ],
    ['3: refused', row({ flag: '3', refusal: REFUSAL }), { ...STATED, kind: 'rejected', refusal: REFUSAL }],
  ])('%s', (_name, given, expected) => expect(toAnswer(given, VACCINATION)).toEqual(expected));

  it.each<[string, Partial<ExchangeAnswer>, string]>([
    ['finished without a result', { flag: '1' }, 'result'],
    ['finished with another step’s result', { flag: '1', result: { personNumber: '1' } }, 'result'],
    ['there before, or so it seems', { flag: '1', result: { ...RESULT, existed: 'maybe' } }, 'result'],
    ['finished with a list', { flag: '1', result: [RESULT] }, 'result'],
    ['missing, but nobody says what', { flag: '2', errorText: ' ' }, 'error_text'],
    ['missing, with a text beyond all measure', { flag: '2', errorText: 'x'.repeat(1_001) }, 'error_text'],
    ['missing, with fields that are none', { flag: '2', errorText: '缺项', errorFields: 'name' }, 'error_fields'],
    ['an error that refuses nothing', { flag: '3', errorText: '系统错误' }, 'refusal'],
    ['P15: a refusal without its remedy', { flag: '3', refusal: { ...REFUSAL, remedy: '' } }, 'refusal.remedy'],
  ])('%s breaks the contract', (_name, changes, field) => {
    const read = () => toAnswer(row(changes), VACCINATION);
    expect(read).toThrow(AgencyContractBroken);
    expect(read).toThrow(field);
  });
});

describe('the exchange table’s adapter', () => {
  function aTable(found: ExchangeAnswer | null | 'other_content') {
    const seen: { put: ExchangeRequest[]; wiped: string[] } = { put: [], wiped: [] };
    const table: ExchangeTable = {
      put: (request) => {
        seen.put.push(request);
        return Promise.resolve(found ?? UNTAKEN);
      },
      find: () => Promise.resolve(found === 'other_content' ? UNTAKEN : found),
      wipe: (key) => {
        seen.wiped.push(key);
        return Promise.resolve();
      },
    };
    const clock = { now: () => AT };
    return { seen, adapter: new ExchangeTableAdapter('disease-control', ['name', 'birth'], { table, clock }) };
  }
  const request = requestOf({ request: VACCINATION });

  it('writes what the office needs under our key, and nothing that changes between two attempts', async () => {
    const { seen, adapter } = aTable(null);
    await adapter.submit(request);
    await adapter.submit(request);
    const [first, second] = seen.put;
    expect(first).toMatchObject({ thirdPartyId: request.key, stepCode: 'vaccination', officeCode: 'YYO001' });
    expect(second!.content).toEqual(first!.content);
  });

  it('a key that stands for another request is a person’s', async () => {
    await expect(aTable('other_content').adapter.submit(request)).rejects.toMatchObject({ field: 'content' });
  });

  it('wipes the row after its last word alone, and knows what is not there', async () => {
    const open = aTable(row({ flag: '0' }));
    await open.adapter.check(request);
    expect(open.seen.wiped).toEqual([]);
    const done = aTable(row({ flag: '1', result: RESULT }));
    await done.adapter.check(request);
    expect(done.seen.wiped).toEqual([request.key]);
    expect(await aTable(null).adapter.check(request)).toBe('not_found');
  });
});
