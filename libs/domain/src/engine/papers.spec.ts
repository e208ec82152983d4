import type { CaseState } from '../case-state';
import type { CustodyEvent, PaperRecord } from '../papers/paper';
import type { StepCode } from '../vocabulary';
import type { AnsweredEvent, CaseEvent } from './case-event';
import { decide, type Decision } from './decide';
import type { DecisionContext, EngineSettings } from './decision-context';
import { answered, caseOf, contextOf, NOW, rowOf, settings, stepIn } from './model/model-case.spec-support';

const HOUR_MS = 3_600_000;
const HOUSEHOLD: StepCode = 'household_registration';

/** The certificate is issued here (or brought by the family); the police have the household step. */
const atPolice = (mode: 'issue' | 'verify' = 'issue'): CaseState => {
  const given = caseOf({
    birth_certificate: { state: 'completed', reason: 'done', source: 'agency', officeCode: 'HOSPITAL', mode },
    household_registration: {
      state: 'accepted',
      reason: 'in_progress',
      owner: 'agency',
      officeCode: 'STATION',
      officeKind: 'police_station',
      sentGeneration: 1,
      promise: { startedOn: '2026-11-02', pausedOn: null, pausedWorkingDays: 0, estimated: false },
      promisedOn: '2026-11-03',
    },
  });
  return { ...given, work: given.steps.slice(0, 3).map((step) => rowOf(step, 'DEADLINE')) };
};
const said = (detail: AnsweredEvent['detail'], papers: readonly CustodyEvent[] = [], laterMs = 0): CaseEvent =>
  answered('accepted', {
    stepId: HOUSEHOLD,
    via: 'poll',
    papers,
    occurredAt: NOW + laterMs,
    ...(detail ? { detail } : {}),
  });
let born = 0;
const newId = (): string => `paper-${(born += 1)}`;
const context = (more: Partial<DecisionContext> = {}, changed: Partial<EngineSettings> = {}): DecisionContext =>
  contextOf(undefined, { settings: { ...settings, ...changed }, newId, ...more });
const paperIn = ({ newborns }: CaseState, kind = 'certificate_main'): PaperRecord | undefined =>
  newborns[0]?.papers.find((paper) => paper.kind === kind);
const told = (state: CaseState, event: CustodyEvent, by: string, now = NOW): Decision =>
  decide(
    state,
    { type: 'paper_moved', paperId: paperIn(state)?.id ?? '', move: { event, by, hasWaybill: true } },
    context({ now }),
  );

describe('P13: who has the paper that the police wait for', () => {
  it.each([
    ['issue', 'HOSPITAL', 'agency', null],
    ['verify', 'family', 'applicant', '2026-11-02'],
  ] as const)('a certificate to %s is with %s', (mode, holder, owner, pausedOn) => {
    const { state } = decide(atPolice(mode), said('waiting_for_paper'), context());
    expect(paperIn(state)).toMatchObject({ holder, route: ['STATION', 'family'], stepId: HOUSEHOLD });
    expect(stepIn(state, HOUSEHOLD)).toMatchObject({ reason: 'waiting_for_paper', owner });
    expect(stepIn(state, HOUSEHOLD).promise?.pausedOn).toBe(pausedOn);
  });

  it('a family whose police ask for no paper has none', () => {
    expect(decide(atPolice(), said('in_progress', ['received', 'cut']), context()).state.newborns[0]?.papers).toEqual(
      [],
    );
  });

  it('goes from the family by post to the station, is cut, and the 副页 stays there', () => {
    const asked = decide(atPolice('verify'), said('waiting_for_paper'), context()).state;
    const posted = told(asked, 'posted', 'family', NOW + HOUR_MS);
    expect(posted.custody).toMatchObject([{ seq: 1, event: 'posted', by: 'family', from: 'family', to: 'post' }]);
    expect(stepIn(posted.state, HOUSEHOLD)).toMatchObject({ owner: 'agency', promise: { pausedOn: '2026-11-02' } });
    const cut = decide(posted.state, said('in_progress', ['received', 'cut'], 1), context({ now: NOW + 2 * HOUR_MS }));
    expect(cut.custody.map(({ event, to }) => [event, to])).toEqual([
      ['received', 'STATION'],
      ['cut', 'STATION'],
    ]);
    expect(stepIn(cut.state, HOUSEHOLD)).toMatchObject({ reason: 'in_progress', promise: { pausedOn: null } });
    expect(paperIn(cut.state)).toMatchObject({ holder: 'STATION', route: ['family'], work: null, version: 3 });
    expect(paperIn(cut.state, 'certificate_copy')).toMatchObject({ holder: 'STATION', route: [], dueAt: null });
    const again = decide(cut.state, said('in_progress', ['received', 'cut'], 2), context({ now: NOW + 3 * HOUR_MS }));
    expect(again.custody).toEqual([]);
  });

  it('a clerk’s word that the station has it ends the waiting', () => {
    const asked = decide(atPolice('verify'), said('waiting_for_paper'), context()).state;
    const { state } = told(asked, 'received', 'STATION');
    expect(stepIn(state, HOUSEHOLD)).toMatchObject({
      reason: 'in_progress',
      owner: 'agency',
      promise: { pausedOn: null },
    });
  });

  it('nobody says where it is: a clerk has a task, once, until somebody does', () => {
    const asked = decide(atPolice('verify'), said('waiting_for_paper'), context()).state;
    const dueAt = paperIn(asked)?.dueAt ?? 0;
    expect(new Date(dueAt).toISOString()).toBe('2026-11-09T16:00:00.000Z');
    const leased = { ...asked, work: asked.work.map((row) => ({ ...row, leaseToken: 'lease' })) };
    const fired: CaseEvent = { type: 'deadline_fired', stepId: HOUSEHOLD, leaseToken: 'lease' };
    const late = decide(leased, fired, context({ now: dueAt }));
    expect(late.openTasks.filter(({ kind }) => kind === 'paper')).toMatchObject([
      { stepId: HOUSEHOLD, reason: 'overdue' },
    ]);
    const next = { ...late.state, work: late.state.work.map((row) => ({ ...row, leaseToken: 'lease' })) };
    expect(decide(next, fired, context({ now: dueAt + HOUR_MS })).openTasks).toEqual([]);
    expect(told(late.state, 'posted', 'family', dueAt + HOUR_MS).closeTasks).toContainEqual({
      stepId: HOUSEHOLD,
      kinds: ['paper'],
    });
  });

  it('a lost one is a clerk’s, until its issuer has made it again', () => {
    const asked = decide(atPolice(), said('waiting_for_paper'), context()).state;
    const lost = told(told(asked, 'posted', 'HOSPITAL').state, 'lost', 'STATION');
    expect(lost.openTasks).toMatchObject([{ stepId: HOUSEHOLD, kind: 'paper', reason: 'lost' }]);
    expect(stepIn(lost.state, HOUSEHOLD)).toMatchObject({ owner: 'clerk', promise: { pausedOn: '2026-11-02' } });
    // what waits for it is told the same in one stroke
    expect(stepIn(lost.state, 'medical_insurance')).toMatchObject({ state: 'waiting', owner: 'clerk' });
    expect(lost.state.status).toBe('needs_clerk');
    const remade = told(lost.state, 'posted', 'HOSPITAL');
    expect(paperIn(remade.state)).toMatchObject({ edition: 2, holder: 'post' });
    expect(stepIn(remade.state, HOUSEHOLD)).toMatchObject({ owner: 'agency', promise: { pausedOn: null } });
  });

  it('what cannot be is refused to people, and passed over in an office’s answer', () => {
    const asked = decide(atPolice('verify'), said('waiting_for_paper'), context()).state;
    expect(() => told(asked, 'returned', 'family')).toThrow('paper_not_posted');
    const { state, custody } = decide(asked, said('in_progress', ['cut'], 1), context({ now: NOW + 1 }));
    expect(custody).toEqual([]);
    expect(stepIn(state, HOUSEHOLD).reason).toBe('in_progress');
  });
});

describe('P13: the county’s switch', () => {
  const released = (householdPaper: EngineSettings['householdPaper']): CaseState => {
    const given = caseOf({ birth_certificate: { state: 'accepted', sentGeneration: 1, officeCode: 'HOSPITAL' } });
    return decide(given, answered('completed'), context({}, { householdPaper })).state;
  };

  it.each(['at_pickup', 'none'] as const)(
    '%s: the household step is sent, and no paper waited for',
    (householdPaper) => {
      const state = released(householdPaper);
      expect(stepIn(state, HOUSEHOLD).state).toBe('queued');
      expect(paperIn(state)).toBeUndefined();
    },
  );

  it('P10: delivered without its paper nothing is promised; the police’s own acceptance is', () => {
    const first = context({}, { householdPaper: 'original_first' });
    const delivered = { ...answered('accepted', { stepId: HOUSEHOLD, via: 'reply' }), detail: 'delivered' } as const;
    const waiting = decide(released('original_first'), delivered, first).state;
    expect(stepIn(waiting, HOUSEHOLD)).toMatchObject({ reason: 'waiting_for_paper', promise: null });
    const taken = decide(waiting, said('waiting_for_paper', [], 1), { ...first, now: NOW + 1 }).state;
    expect(stepIn(taken, HOUSEHOLD)).toMatchObject({
      reason: 'waiting_for_paper',
      promise: { startedOn: '2026-11-02' },
    });
  });

  it('original_first: the paper is on its way from the start, and waited for until the station has it', () => {
    const state = released('original_first');
    expect(paperIn(state)).toMatchObject({ holder: 'HOSPITAL', stepId: HOUSEHOLD });
    const first = context({}, { householdPaper: 'original_first' });
    const waiting = decide(state, { ...answered('accepted', { stepId: HOUSEHOLD, via: 'reply' }) }, first).state;
    expect(stepIn(waiting, HOUSEHOLD).reason).toBe('waiting_for_paper');
    const still = decide(waiting, said('in_progress', [], 1), { ...first, now: NOW + 1 });
    expect(still.history.filter(({ type }) => type === 'accepted')).toEqual([]);
    const there = decide(waiting, said('in_progress', ['received'], 2), { ...first, now: NOW + 2 }).state;
    expect(stepIn(there, HOUSEHOLD).reason).toBe('in_progress');
  });
});
