import { submissionKey } from '@birth/platform';
import { ownerless, type StepRow } from './audit';
import { compareWithLedger, type ComparedStep, type LedgerEntry } from './ledger-comparison';

const ID = '0198c0de-0000-7000-8000-000000000001';
const ANOTHER = '0198c0de-0000-7000-8000-000000000002';
const CHILD = '500235199001011234|2026-01-01 08:00:00|1';

const step = (change: Partial<ComparedStep> = {}): ComparedStep => ({
  id: ID,
  applicationId: 'c',
  newbornIndex: 0,
  qualifier: '',
  code: 'birth_certificate',
  agency: 'health-commission',
  channel: 'api',
  state: 'completed',
  source: 'agency',
  mode: 'issue',
  generation: 1,
  ...change,
});
const final = (change: Partial<LedgerEntry> = {}): LedgerEntry => ({
  agency: 'health-commission',
  kind: 'final',
  key: submissionKey(ID, 1),
  naturalKey: CHILD,
  newborn: { name: '王芳之子' },
  results: null,
  ...change,
});
const known = {
  naturalKeys: new Map([['c/0', CHILD]]),
  insuredBefore: new Set<string>(),
  laterNames: new Map([['c/0', '张浩宇']]),
};
const compared = (steps: ComparedStep[], entries: LedgerEntry[], more = known) =>
  compareWithLedger(steps, entries, more);

describe('steps against the agencies’ ledgers', () => {
  it('agree: one effect, one completed step', () => {
    expect(compared([step()], [final()])).toEqual({ lost: [], doubled: [] });
  });

  it('lost: done at the agency, open here', () => {
    expect(compared([step({ state: 'accepted', source: null })], [final()]).lost).toEqual([
      `birth_certificate ${ID}: done at the agency, accepted here`,
    ]);
  });

  it.each(['agency', 'worklist'] as const)('lost: completed by %s, which knows nothing of it', (source) => {
    expect(compared([step({ source })], []).lost).toEqual([
      `birth_certificate ${ID}: completed here, unknown to the agency`,
    ]);
  });

  it.each(['counter', 'external', 'clerk'] as const)('completed with source %s owes no effect', (source) => {
    expect(compared([step({ source })], []).lost).toEqual([]);
  });

  it.each<[string, Partial<LedgerEntry>]>([
    ['a key of no step', { key: submissionKey(ANOTHER, 1) }],
    ['a generation that was never sent', { key: submissionKey(ID, 2) }],
    ['another agency', { agency: 'public-security' }],
    ['a child of nobody', { key: null, agency: 'disease-control' }],
    ['a later name of nobody', { kind: 'amended', key: null, agency: 'disease-control' }],
  ])('lost: an effect under %s', (_name, change) => {
    const { lost } = compared([step()], [final(), final(change)]);
    expect(lost).toEqual([expect.stringContaining('an effect of no known step')]);
  });

  it('what is not an effect counts for nothing', () => {
    const entries = ['received', 'interim', 'withdrawn'].map((kind) => final({ kind }));
    expect(compared([step({ state: 'withdrawn', source: null })], entries)).toEqual({ lost: [], doubled: [] });
  });

  it('doubled: two effects under one key, or one in each generation', () => {
    expect(compared([step()], [final(), final()]).doubled).toEqual([`birth_certificate ${ID}`]);
    const again = final({ key: submissionKey(ID, 2) });
    expect(compared([step({ generation: 2 })], [final(), again]).doubled).toHaveLength(1);
  });

  describe('of an agency that knows children without a key', () => {
    const vaccination = step({ code: 'vaccination', agency: 'disease-control' });
    const backfill = step({ id: ANOTHER, code: 'identity_backfill', agency: 'disease-control' });
    const child = final({ agency: 'disease-control', key: null });
    const renamed = { ...child, kind: 'amended' };

    it('the record belongs to the vaccination, the later name to its follow-up', () => {
      expect(compared([vaccination, backfill], [child, renamed])).toEqual({ lost: [], doubled: [] });
      expect(compared([vaccination, backfill], [child]).lost).toHaveLength(1);
      expect(compared([vaccination, backfill], [child, renamed, renamed]).doubled).toHaveLength(1);
    });

    it('the record already bears the later name: nothing is left to update', () => {
      const named = { ...child, newborn: { name: '张浩宇' } };
      expect(compared([vaccination, backfill], [named])).toEqual({ lost: [], doubled: [] });
      const another = { ...child, newborn: { name: '张浩然' } };
      expect(compared([vaccination, backfill], [another]).lost).toHaveLength(1);
      const elsewhere = { ...named, naturalKey: 'another child', kind: 'received' };
      expect(compared([vaccination, backfill], [child, elsewhere]).lost).toHaveLength(1);
    });

    it('doubled: two records of one child', () => {
      expect(compared([vaccination], [child, child]).doubled).toHaveLength(1);
    });
  });

  describe('of a register that was only asked', () => {
    const asked = { mode: 'already_done', code: 'medical_insurance', agency: 'medical-insurance' } as const;
    const told = { ...known, insuredBefore: new Set(['c/0']) };

    it('owe nothing where the register was told before', () => {
      expect(compared([step(asked)], [], told).lost).toEqual([]);
    });

    it('lost: nobody told the register', () => expect(compared([step(asked)], []).lost).toHaveLength(1));

    it('lost: the register knows, but the step is one that does something', () => {
      expect(compared([step({ ...asked, mode: 'issue' })], [], told).lost).toHaveLength(1);
      const police = step({ ...asked, code: 'household_registration', agency: 'public-security' });
      expect(compared([police], [], told).lost).toHaveLength(1);
    });
  });
});

describe('steps without an owner', () => {
  const row = (change: Partial<StepRow>): StepRow => ({
    ...step({ state: 'waiting', source: null }),
    sentGeneration: 0,
    owner: 'applicant',
    reason: 'parent_confirmation',
    withdrawalRequestedAt: null,
    work: ['DEADLINE'],
    nextAt: 1,
    ...change,
  });

  it('are none when all is there', () => expect(ownerless([row({})])).toEqual([]));

  it.each<[string, Partial<StepRow>]>([
    ['no work row', { work: [] }],
    ['a work row too many', { work: ['CALL', 'DEADLINE'] }],
    ['a work row of an ended step', { state: 'completed' }],
    ['no reason', { reason: '' as never }],
    ['no owner', { owner: '' as never }],
    ['no next time', { nextAt: null }],
  ])('%s', (_name, change) => expect(ownerless([row(change)])).toHaveLength(1));
});
