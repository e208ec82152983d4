import { addDays, startOfDayMs } from '@birth/standards';
import type { StepWay } from '../case-plan';
import type { CaseState, StepRecord } from '../case-state';
import type { CaseEvent } from './case-event';
import { decide } from './decide';
import { caseOf, contextOf, NOW, rowOf, settings, stepIn } from './model/model-case.spec-support';
import type { ParentDeathEvent, ParentDeathRetractedEvent } from './parent-death';

const DAY_MS = 86_400_000;
const way = (code: StepWay['code'], changes: Partial<StepWay> = {}): StepWay => ({
  code,
  mode: 'issue',
  route: 'online',
  papers: [],
  officeCode: 'O1',
  acceptingOffice: null,
  officeKind: 'hospital',
  channel: 'api',
  needsConfirmation: false,
  ...changes,
});
const atWindow = way('household_registration', { route: 'window', papers: ['parent_death_certificate'] });
const died = (changes: Partial<ParentDeathEvent> = {}): CaseEvent => ({
  type: 'parent_death_reported',
  parent: 'father',
  reportedBy: 'hospital',
  hasCase: false,
  newborns: [{ newbornIndex: 0, ways: [way('birth_certificate'), atWindow] }],
  ...changes,
});
const retracted = (changes: Partial<ParentDeathRetractedEvent> = {}): CaseEvent => ({
  type: 'parent_death_retracted',
  parent: 'father',
  newborns: [{ newbornIndex: 0, ways: [way('birth_certificate', { needsConfirmation: true })] }],
  stands: 'open',
  ...changes,
});
const ended: CaseEvent = {
  type: 'confirmation_changed',
  change: 'consent_ended',
  parent: 'father',
  via: 'desk',
  stands: 'given',
};
const asked = () => caseOf({ birth_certificate: { holds: ['parent_confirmation'] } });
const all = (given: CaseState, ...events: CaseEvent[]): CaseState =>
  events.reduce((state, event) => decide(state, event, contextOf()).state, given);
const mother = { parent: 'mother', hasCase: true } as const;

describe('P16: a parent’s death', () => {
  it.each([
    [mother, 'takeover_owed'],
    [{ parent: 'mother', hasCase: false } as const, 'mother_died'],
    [{}, 'father_died'],
  ])('%j is a task of its own, once', (changes, reason) => {
    const first = decide(asked(), died(changes), contextOf());
    expect(first.openTasks).toEqual([{ stepId: 'birth_certificate', kind: 'parent_death', reason }]);
    const again = decide(first.state, died(changes), contextOf());
    expect([again.disposition, again.openTasks, again.history]).toEqual(['recorded', [], []]);
  });

  it('nobody waits for the dead, and what has not begun goes the way of such families', () => {
    const state = all(asked(), died(), ended);
    expect(stepIn(state, 'birth_certificate')).toMatchObject({ state: 'queued', holds: [] });
    expect(stepIn(state, 'household_registration')).toMatchObject({
      state: 'waiting',
      route: 'window',
      papers: ['parent_death_certificate'],
    });
  });

  it('what an office has already stays as it is', () => {
    const sent = { state: 'accepted', reason: 'in_progress', owner: 'agency', sentGeneration: 1 } as const;
    const state = all(caseOf({ household_registration: sent }), died());
    expect(stepIn(state, 'household_registration')).toMatchObject({ ...sent, route: 'online', papers: [] });
  });

  it('a task that waits for a successor ends with the takeover, not by a clerk’s word before it', () => {
    const state = all(asked(), died(mother));
    const seen: CaseEvent = {
      type: 'clerk_resolved',
      stepId: 'birth_certificate',
      decision: 'parent_death_seen_to',
    };
    expect(() => decide(state, seen, contextOf())).toThrow('nobody_has_the_case');
    const takeover = decide(state, { type: 'applicant_changed', parent: 'father' }, contextOf());
    expect(takeover.closeTasks).toContainEqual({ stepId: 'birth_certificate', kinds: ['parent_death'] });
    expect(takeover.state.unheard).toMatchObject([{ parent: 'mother', because: 'deceased', hasCase: false }]);
  });

  it('of a parent who does not have the case a clerk closes it, having seen the evidence', () => {
    const seen: CaseEvent = {
      type: 'clerk_resolved',
      stepId: 'birth_certificate',
      decision: 'parent_death_seen_to',
    };
    expect(decide(all(asked(), died()), seen, contextOf()).closeTasks).toContainEqual({
      stepId: 'birth_certificate',
      kinds: ['parent_death'],
    });
    expect(() => decide(asked(), seen, contextOf())).toThrow('no_death_reported');
  });
});

describe('P16: nothing is written to a parent who died', () => {
  const bornOn = '2026-10-30';
  const unnamed = { holds: ['name_undecided'] } as const;
  const correcting: Partial<StepRecord> = {
    state: 'correction_needed',
    owner: 'applicant',
    correctionDueAt: NOW + 30 * DAY_MS,
    sentGeneration: 1,
  };
  const told = (given: CaseState, stepId: string, now: number): string[] => {
    const work = [
      { ...rowOf(stepIn(given, stepId as 'vaccination'), 'DEADLINE'), leaseToken: 'l', leaseUntil: now + 1 },
    ];
    const event: CaseEvent = { type: 'deadline_fired', stepId, leaseToken: 'l' };
    const { history } = decide({ ...given, work }, event, contextOf(undefined, { now }));
    return history.flatMap(({ detail }) => (typeof detail['timer'] === 'string' ? [detail['timer']] : []));
  };
  const family = () =>
    caseOf({ birth_certificate: unnamed, vaccination: correcting, medical_insurance: { basis: 'citizen_id' } });
  const late = startOfDayMs(addDays(bornOn, 21));
  const overdue = NOW + 31 * DAY_MS;

  it('no reminder, no countdown and no offer; limits, alarms and the clerk’s task go on', () => {
    const silent = all(family(), died({ ...mother, newborns: [] }));
    expect(told(family(), 'vaccination', late)).toContain(`name_reminder_${settings.nameReminderDays[0]}`);
    expect(told(silent, 'vaccination', late)).toEqual([]);
    expect(told(family(), 'vaccination', overdue)).toEqual(
      expect.arrayContaining(['correction_reminder_7', 'correction_overdue']),
    );
    expect(told(silent, 'vaccination', overdue)).toEqual(['correction_overdue']);
  });

  it('who takes over is written to from then on, and hears nothing of what passed', () => {
    const takenOver = all(family(), died({ ...mother, newborns: [] }), { type: 'applicant_changed', parent: 'father' });
    expect(told(takenOver, 'vaccination', late)).toContain(`name_reminder_${settings.nameReminderDays[0]}`);
  });
});

describe('P16: a parent’s death by mistake', () => {
  it('is undone: asked again for what has not begun, and a person tells the family', () => {
    const waiting = caseOf({ birth_certificate: { holds: ['parent_confirmation', 'name_undecided'] } });
    const given = all(waiting, died({ newborns: [] }), ended);
    expect(stepIn(given, 'birth_certificate').holds).toEqual(['name_undecided']);
    const { state, openTasks, closeTasks } = decide(given, retracted(), contextOf());
    expect(stepIn(state, 'birth_certificate').holds).toEqual(['name_undecided', 'parent_confirmation']);
    expect(openTasks).toEqual([
      { stepId: 'birth_certificate', kind: 'family_contact', reason: 'parent_death_retracted' },
    ]);
    expect(closeTasks).toContainEqual({ stepId: 'birth_certificate', kinds: ['parent_death', 'family_contact'] });
    expect(() => decide(state, retracted(), contextOf())).toThrow('no_death_reported');
    const spoken: CaseEvent = { type: 'clerk_resolved', stepId: 'birth_certificate', decision: 'family_spoken_with' };
    expect(decide(state, spoken, contextOf()).history).toMatchObject([{ type: 'family_spoken_with' }]);
  });

  it('a mother alive opens her record herself again', () => {
    const hers = caseOf({
      birth_certificate: { holds: ['record_not_linked'] },
      vaccination: { holds: ['record_not_linked'] },
    });
    const ways = [way('birth_certificate', { needsConfirmation: true }), way('vaccination')];
    const back = retracted({ parent: 'mother', newborns: [{ newbornIndex: 0, ways }] });
    const state = all(hers, died({ parent: 'mother', newborns: [] }), back);
    expect(stepIn(state, 'birth_certificate').holds).toEqual(['parent_confirmation']);
    expect(stepIn(state, 'vaccination').holds).toEqual(['parent_confirmation']);
  });

  it('what went on meanwhile stays', () => {
    const state = all(asked(), died({ newborns: [] }), ended, retracted());
    expect(stepIn(state, 'birth_certificate')).toMatchObject({ state: 'queued', holds: [] });
  });
});
