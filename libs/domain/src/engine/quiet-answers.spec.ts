import type { StepRecord } from '../case-state';
import type { StepState } from '../vocabulary';
import type { AnsweredEvent } from './case-event';
import { decide } from './decide';
import { answered, contextOf, NOW, standing, stepIn, STEP } from './model/model-case.spec-support';

const SEEN = { version: 7, lastAnswerOrder: NOW - 1000 };
const EARLIER = { occurredAt: NOW - 5000 };
const ASKED = { reason: 'agency_asked_correction', owner: 'applicant' } as const;
const VERIFYING = { reason: 'verifying', owner: 'clerk', source: 'counter' } as const;
const poll = (kind: AnsweredEvent['kind'], more: Partial<AnsweredEvent> = {}) =>
  answered(kind, { via: 'poll', ...more });

type Row = [name: string, state: StepState, changes: Partial<StepRecord>, event: AnsweredEvent];

describe('an answer without effect', () => {
  it.each<Row>([
    ['a poll that says the same', 'accepted', {}, poll('accepted')],
    ['a poll that asks for the same correction', 'correction_needed', ASKED, poll('correction_needed')],
    ['an older interim word', 'accepted', {}, answered('suspended', EARLIER)],
    ['an interim word about what a clerk verifies', 'accepted', VERIFYING, poll('suspended')],
    ['an interim word about a contradiction', 'stuck', { reason: 'conflict', owner: 'clerk' }, poll('accepted')],
    ['an interim word after the end', 'completed', { source: 'agency' }, poll('accepted')],
    ['the same end again', 'completed', { source: 'agency' }, answered('completed')],
    ['a refused withdrawal that nobody asked for', 'accepted', {}, answered('withdrawal_refused')],
  ])('%s leaves the version, and says so', (_name, state, changes, event) => {
    const decision = decide(standing(state, { ...SEEN, ...changes }), event, contextOf());
    expect(decision.disposition).toBe('recorded');
    expect(stepIn(decision.state).version).toBe(SEEN.version);
  });

  it('a poll that found nothing new is no history; a message is', () => {
    const types = (event: AnsweredEvent) =>
      decide(standing('accepted', SEEN), event, contextOf()).history.flatMap(({ stepId, type }) =>
        stepId === STEP ? [type] : [],
      );
    expect(types(poll('accepted'))).toEqual([]);
    expect(types(answered('accepted'))).toEqual(['answer_recorded']);
  });

  it('its order counts all the same: what the agency said before it comes too late', () => {
    const given = standing('accepted', { ...SEEN, lastAnswerOrder: NOW - 9000 });
    const polled = decide(given, poll('accepted'), contextOf());
    const late = decide(polled.state, answered('suspended', EARLIER), contextOf());
    expect(stepIn(late.state).state).toBe('accepted');
  });
});

describe('an answer with an effect', () => {
  it.each<Row>([
    ['a receipt that was missing', 'accepted', { hasReceipt: false }, poll('accepted')],
    ['another state', 'accepted', {}, poll('suspended')],
    ['another reason', 'accepted', {}, poll('accepted', { detail: 'waiting_for_paper' })],
  ])('%s raises the version by one', (_name, state, changes, event) => {
    const { state: after } = decide(standing(state, { ...SEEN, ...changes }), event, contextOf());
    expect(stepIn(after).version).toBe(SEEN.version + 1);
  });

  it('the same request in other words is a new request, with its own time to answer', () => {
    const given = standing('correction_needed', { ...SEEN, ...ASKED, correctionDueAt: NOW + 1000 });
    const { disposition, state } = decide(given, poll('correction_needed', { wordsDiffer: true }), contextOf());
    expect(disposition).toBe('applied');
    expect(stepIn(state).correctionDueAt).toBeGreaterThan(NOW + 1000);
    expect(stepIn(state).version).toBe(SEEN.version + 1);
  });

  it('a timer that fires is not seen by a clerk, what it changes is', () => {
    const fired = { type: 'deadline_fired', stepId: STEP, leaseToken: 'lease' } as const;
    const quiet = decide(standing('accepted', SEEN), fired, contextOf());
    expect(stepIn(quiet.state).version).toBe(SEEN.version);
    const overdue = standing('correction_needed', {
      ...SEEN,
      ...ASKED,
      correctionDueAt: NOW,
      timersFiredUntil: NOW - 1,
    });
    expect(stepIn(decide(overdue, fired, contextOf()).state)).toMatchObject({
      reason: 'correction_overdue',
      owner: 'clerk',
      version: SEEN.version + 1,
    });
  });
});
