import type { PlannedStep, Sample } from '../samples/sample';
import { differences } from './differences';
import type { CaseShown, StepShown } from './view';

const DAYS = { bornOn: ['2025-12-31'], filedOn: '2026-01-05', today: '2026-01-05' };

const household: PlannedStep = {
  state: 'completed',
  owner: 'platform',
  reason: 'done',
  mode: 'issue',
  route: 'online',
  officeKind: 'police_station',
  papers: ['ethnicity_choice'],
  basis: null,
  source: 'agency',
  statutory: { safeAt: '+1month-1day', dueAt: '+1month', late: false },
  promiseDays: 2,
};
const shownHousehold: StepShown = {
  id: 's',
  agencyText: null,
  code: 'household_registration',
  qualifier: '',
  custody: [],
  state: 'completed',
  owner: 'platform',
  reason: 'done',
  mode: 'issue',
  route: 'online',
  office: { code: 'P1', kind: 'police_station', name: 'a station' },
  acceptingOffice: null,
  papers: ['ethnicity_choice'],
  basis: null,
  source: 'agency',
  statutory: { safeAt: '2026-01-30', dueAt: '2026-02-02', estimated: false, lateOnArrival: false, metBy: null },
  withdrawalRequestedAt: null,
  promisedAt: '2026-01-07',
  promisedAtEstimated: false,
  nextAt: null,
  version: 3,
};

const sample = (wanted: NonNullable<Sample['expect']>['newborns'], status = 'completed'): Sample =>
  ({ name: 'a family', expect: { status, newborns: wanted } }) as unknown as Sample;
const shown = (newborns: StepShown[][]): CaseShown => ({
  id: 'c',
  caseNumber: 'n',
  status: 'completed',
  filedAt: '2026-01-05T10:00:00.000+08:00',
  overallPromise: null,
  newborns: newborns.map((steps, index) => ({ index, steps })),
});
const compared = (given: Partial<StepShown>, wanted: Partial<PlannedStep> = {}): string[] =>
  differences(
    sample([{ household_registration: { ...household, ...wanted } }]),
    shown([[{ ...shownHousehold, ...given }]]),
    DAYS,
  );

describe('differences between a case and its expectation', () => {
  it('are none when they agree', () => expect(compared({})).toEqual([]));

  it.each<[string, Partial<StepShown>]>([
    ['state', { state: 'accepted' }],
    ['owner', { owner: 'agency' }],
    ['reason', { reason: 'in_progress' }],
    ['source', { source: 'counter' }],
    ['mode', { mode: 'verify' }],
    ['route', { route: 'window' }],
    ['officeKind', { office: { code: 'P1', kind: 'bank_outlet', name: 'another' } }],
    ['acceptingOffice', { acceptingOffice: { code: 'YYP002' } }],
    ['papers', { papers: [] }],
    ['papers', { papers: ['ethnicity_choice', 'paternity_report'] }],
    ['basis', { basis: 'citizen_id' }],
    ['statutory', { statutory: null }],
    ['statutory', { statutory: { safeAt: '2026-01-30', dueAt: '2026-02-02', estimated: true, lateOnArrival: false } }],
    ['promisedAtEstimated', { promisedAtEstimated: true }],
    ['statutory', { statutory: { safeAt: '2026-01-31', dueAt: '2026-02-02', estimated: false, lateOnArrival: false } }],
    ['statutory', { statutory: { safeAt: '2026-01-30', dueAt: '2026-01-31', estimated: false, lateOnArrival: false } }],
    ['statutory', { statutory: { safeAt: '2026-01-30', dueAt: '2026-02-02', estimated: false, lateOnArrival: true } }],
    ['promisedAt', { promisedAt: '2026-01-08' }],
  ])('%s %j', (field, given) => {
    expect(compared(given)).toEqual([expect.stringContaining(`0/household_registration: ${field} is`)]);
  });

  it('the office, where it matters which', () => {
    const wanted = (officeCode: string) => sample([{ household_registration: { ...household, officeCode } }]);
    expect(differences(wanted('P1'), shown([[shownHousehold]]), DAYS)).toEqual([]);
    expect(differences(wanted('P2'), shown([[shownHousehold]]), DAYS)).toEqual([
      '0/household_registration: officeCode is "P1", not "P2"',
    ]);
  });

  it('a step that nobody expects', () => {
    const card = { ...shownHousehold, code: 'social_security_card' } as const;
    const wanted = sample([{ household_registration: household }]);
    expect(differences(wanted, shown([[shownHousehold, card]]), DAYS)).toEqual(['0/social_security_card: unexpected']);
  });

  it('a step twice, or not at all', () => {
    const wanted = sample([{ household_registration: household }]);
    expect(differences(wanted, shown([[shownHousehold, shownHousehold]]), DAYS)).toEqual([
      '0/household_registration: more than one',
    ]);
    expect(differences(wanted, shown([[]]), DAYS)).toEqual(['0/household_registration: missing']);
  });

  it('a newborn too many or too few', () => {
    const one = sample([{ household_registration: household }]);
    expect(differences(one, shown([[shownHousehold], []]), DAYS)).toEqual(['newborn 1: unexpected']);
    expect(differences(one, shown([]), DAYS)).toEqual(['newborn 0: missing']);
  });

  it('the status of the whole', () => {
    const wanted = sample([{ household_registration: household }], 'needs_clerk');
    expect(differences(wanted, shown([[shownHousehold]]), DAYS)).toEqual(['status completed, not needs_clerk']);
  });

  it('a family that was not filed, or should not have been', () => {
    expect(differences(sample([]), null, DAYS)).toEqual(['not filed']);
    const refused = { expect: null } as unknown as Sample;
    expect(differences(refused, shown([]), DAYS)).toEqual(['filed although it should not be']);
    expect(differences(refused, null, DAYS)).toEqual([]);
  });

  it('of a step that does not apply are in state, owner, reason and source alone', () => {
    const not = { state: 'not_applicable', owner: 'platform', reason: 'not_requested', source: null } as const;
    const given = { ...shownHousehold, state: 'not_applicable', reason: 'not_requested', source: null };
    expect(differences(sample([{ household_registration: not }]), shown([[given]]), DAYS)).toEqual([]);
    const other = { ...given, reason: 'dependency_ended' };
    expect(differences(sample([{ household_registration: not }]), shown([[other]]), DAYS)).toHaveLength(1);
  });

  describe('of the promise', () => {
    it('what has ended may never have been accepted', () => expect(compared({ promisedAt: null })).toEqual([]));

    it('what was given back to the family may never have been accepted, when the agency’s first word was lost', () => {
      const back = {
        state: 'correction_needed',
        owner: 'applicant',
        reason: 'agency_asked_correction',
        source: null,
      } as const;
      expect(compared({ ...back, promisedAt: null }, back)).toEqual([]);
    });

    it('what an agency has must be promised', () => {
      const open = { state: 'accepted', owner: 'agency', reason: 'in_progress', source: null } as const;
      expect(compared({ ...open, promisedAt: null }, open)).toEqual([expect.stringContaining('promisedAt')]);
    });

    it('nothing is promised of what no agency has', () => {
      expect(compared({}, { promiseDays: null })).toEqual([expect.stringContaining('promisedAt is "2026-01-07"')]);
    });

    it('any day of the run may be the day of acceptance, no other', () => {
      const overMidnight = { ...DAYS, today: '2026-01-06' };
      const found = ['2026-01-06', '2026-01-07', '2026-01-08', '2026-01-09'].map(
        (promisedAt) =>
          differences(
            sample([{ household_registration: household }]),
            shown([[{ ...shownHousehold, promisedAt }]]),
            overMidnight,
          ).length,
      );
      expect(found).toEqual([1, 0, 0, 1]);
    });
  });
});
