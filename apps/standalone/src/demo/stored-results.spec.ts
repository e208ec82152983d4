import type { StepResults } from '@birth/application';
import { submissionKey } from '@birth/platform';
import type { ComparedStep, LedgerEntry } from './ledger-comparison';
import { differingResults } from './stored-results';

const ID = '0198c0de-0000-7000-8000-000000000001';
const CHILD = '500235199001011234|2026-01-01 08:00:00|1';
const BOOK = { childCode: 'C1', bookNumber: 'B1', unitName: '云阳县预防接种门诊' };

const step = (change: Partial<ComparedStep> = {}): ComparedStep => ({
  id: ID,
  applicationId: 'c',
  newbornIndex: 0,
  qualifier: '',
  code: 'vaccination',
  agency: 'disease-control',
  channel: 'api',
  state: 'completed',
  source: 'agency',
  mode: 'issue',
  generation: 1,
  ...change,
});
const final = (change: Partial<LedgerEntry> = {}): LedgerEntry => ({
  agency: 'disease-control',
  kind: 'final',
  key: null,
  naturalKey: CHILD,
  newborn: { name: '王芳之子' },
  results: BOOK,
  ...change,
});
const known = { naturalKeys: new Map([['c/0', CHILD]]), insuredBefore: new Set<string>(), laterNames: new Map() };
const differing = (one: ComparedStep, entries: LedgerEntry[], stored: StepResults) =>
  differingResults([one], entries, known, new Map([['c/0', stored]]));

describe('stored results against the agencies’ books', () => {
  it('agree, under the child or under a key', () => {
    expect(differing(step(), [final()], { vaccination: BOOK })).toEqual([]);
    const keyed = final({ key: submissionKey(ID, 1) });
    expect(differing(step({ source: 'worklist' }), [keyed], { vaccination: BOOK })).toEqual([]);
  });

  it('the name that a book keeps beside its results', () => {
    const backfill = step({ code: 'identity_backfill' });
    const amended = final({ kind: 'amended', newborn: { name: '张浩宇' } });
    const named = (registeredName: string) => ({ identity_backfill: { childCode: 'C1', registeredName } });
    expect(differing(backfill, [final(), amended], named('张浩宇'))).toEqual([]);
    expect(differing(backfill, [final(), amended], named('张浩然'))).toHaveLength(1);
  });

  it.each<[string, StepResults]>([
    ['another number', { vaccination: { ...BOOK, bookNumber: 'B2' } }],
    ['nothing', {}],
    ['a field that no book has', { vaccination: { ...BOOK, remark: '' } as never }],
  ])('differ: %s', (_name, stored) => {
    expect(differing(step(), [final()], stored)).toEqual([`I7 vaccination ${ID}: other results than the agency's`]);
  });

  it('an older generation’s book may be the one', () => {
    const certificate = step({ code: 'birth_certificate', agency: 'health-commission', generation: 2 });
    const entry = final({
      agency: 'health-commission',
      key: submissionKey(ID, 1),
      results: { certificateNumber: 'L1' },
    });
    const stored = (certificateNumber: string) => ({ birth_certificate: { certificateNumber } }) as never;
    expect(differing(certificate, [entry], stored('L1'))).toEqual([]);
    expect(differing(certificate, [entry], stored('L2'))).toHaveLength(1);
  });

  it.each<[string, Partial<ComparedStep>]>([
    ['open', { state: 'accepted', source: null }],
    ['done at a counter', { source: 'counter' }],
    ['done elsewhere', { source: 'external' }],
  ])('what is %s is nobody’s book', (_name, change) => {
    expect(differing(step(change), [final()], {})).toEqual([]);
  });
});
