import type { StepRecord } from '../case-state';
import type { StepCode } from '../vocabulary';
import { type Consequence, correctionConsequences } from './correction-consequences';
import { decide } from './decide';
import { caseOf, contextOf, rowOf, stepIn, stepOf } from './model/model-case.spec-support';

const DONE = { state: 'completed', reason: 'done', sentGeneration: 1, source: 'agency' } as const;
const ASKED = { state: 'correction_needed', sentGeneration: 1, hasReceipt: true } as const;
const SENT = { state: 'accepted', reason: 'in_progress', sentGeneration: 1 } as const;
type Given = Partial<StepRecord> & { code?: StepCode };

/** Insurance answers its correction, which changes what `other` tells its agency. */
const what = (other: Given, { isTold = true, isNameOnly = false, attempts = 0 } = {}): Consequence | undefined => {
  const step = stepOf({ code: 'household_registration', ...other });
  const asked = stepOf({ code: 'medical_insurance', ...ASKED });
  const work = attempts === 0 ? [] : [{ ...rowOf(step, 'CALL'), attempts }];
  const told = isTold ? [step.id] : [];
  const found = correctionConsequences([step, asked], work, { stepId: asked.id, told, isNameOnly });
  return found.find(({ stepId }) => stepId === step.id)?.what;
};

describe('P15: what follows from a correction', () => {
  it.each<[string, Given, Consequence | undefined]>([
    ['not sent yet', { state: 'waiting' }, 'sent_with_it'],
    ['about to be sent', { state: 'queued' }, 'sent_with_it'],
    ['at its agency', SENT, 'update_task'],
    ['suspended there', { ...SENT, state: 'suspended' }, 'update_task'],
    ['with a clerk after it was sent', { ...SENT, state: 'stuck' }, 'update_task'],
    ['asked to be corrected itself', ASKED, 'sent_with_it'],
    ['at a window, and never sent', { state: 'action_needed' }, 'sent_with_it'],
    ['done', DONE, 'update_task'],
    ['a certificate that was issued', { ...DONE, code: 'birth_certificate' }, 'reissue'],
    ['a certificate that was verified', { ...DONE, code: 'birth_certificate', mode: 'verify' }, 'update_task'],
    ['done at a counter', { ...DONE, source: 'counter' }, 'nothing'],
    ['done elsewhere', { ...DONE, source: 'external' }, 'nothing'],
    ['only looked up in a register', { ...DONE, mode: 'already_done' }, 'nothing'],
    ['refused', { ...SENT, state: 'rejected' }, 'nothing'],
    ['withdrawn', { ...SENT, state: 'withdrawn' }, 'nothing'],
    ['not asked for', { state: 'not_applicable' }, undefined],
  ])('%s', (_name, step, wanted) => {
    expect(what(step)).toBe(wanted);
    expect(what(step, { isTold: false })).toBe(wanted === undefined ? undefined : 'nothing');
  });

  it('a claimed call may have brought the old data', () => {
    expect(what({ state: 'queued' }, { attempts: 1 })).toBe('update_task');
  });

  it('a name alone is told to the vaccination unit by a step of its own', () => {
    const vaccination = { ...DONE, code: 'vaccination' } as const;
    expect(what(vaccination, { isNameOnly: true })).toBe('follow_up');
    expect(what(vaccination)).toBe('update_task');
    expect(what({ code: 'vaccination', state: 'waiting' }, { isNameOnly: true })).toBe('sent_with_it');
  });

  const given = caseOf({
    birth_certificate: DONE,
    vaccination: DONE,
    household_registration: { ...DONE, source: 'counter' },
    medical_insurance: ASKED,
  });
  const event = {
    type: 'corrected',
    stepId: 'medical_insurance',
    ways: [],
    told: given.steps.map(({ id }) => id),
    isNameOnly: true,
  } as const;

  it('the correction does what was shown: tasks, the step of its own, and nothing else', () => {
    const shown = correctionConsequences(given.steps, given.work, event);
    const { state, openTasks, history } = decide(given, event, contextOf());
    expect(shown.map(({ stepId, what: follows }) => [stepId, follows])).toEqual([
      ['birth_certificate', 'reissue'],
      ['vaccination', 'follow_up'],
      ['household_registration', 'nothing'],
      ['medical_insurance', 'resend'],
      ['social_security_card', 'sent_with_it'],
    ]);
    expect(openTasks).toEqual([{ stepId: 'birth_certificate', kind: 'data_update', reason: 'reissue' }]);
    expect(stepIn(state, 'identity_backfill')).toMatchObject({ state: 'queued', agency: 'disease-control' });
    expect(stepIn(state, 'medical_insurance')).toMatchObject({ state: 'queued', generation: 2 });
    expect(history.filter(({ type }) => type === 'data_update_asked')).toMatchObject([
      { stepId: 'birth_certificate', detail: { what: 'reissue', because: 'medical_insurance' } },
    ]);
  });

  it('no agency that has got the old data is left alone', () => {
    const { openTasks } = decide(given, { ...event, isNameOnly: false }, contextOf());
    expect(openTasks.map(({ stepId, reason }) => [stepId, reason])).toEqual([
      ['birth_certificate', 'reissue'],
      ['vaccination', 'data_changed'],
    ]);
  });
});
