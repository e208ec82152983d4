import { toShanghaiDate } from '@birth/standards';
import type { StepRecord } from '../case-state';
import { isTerminal, type StepCode } from '../vocabulary';
import { decide } from './decide';
import { caseOf, contextOf, stepIn } from './model/model-case.spec-support';

const DONE = { state: 'completed', reason: 'done', sentGeneration: 1, source: 'agency' } as const;
const SENT = { state: 'accepted', reason: 'in_progress', sentGeneration: 1 } as const;
const WAITING = { state: 'waiting', reason: 'awaiting_dependency' } as const;

const corrected = (
  steps: Partial<Record<StepCode, Partial<StepRecord>>>,
  told: readonly StepCode[],
  bornOn: string,
) => {
  const given = caseOf(steps);
  const ids = told.map((code) => stepIn(given, code).id);
  return decide(given, { type: 'birth_corrected', newbornIndex: 0, bornOn, told: ids }, contextOf());
};

describe('P15: the hospital mends the record that a case goes by', () => {
  const { newborns } = caseOf({ birth_certificate: DONE });
  const [{ bornOn } = { bornOn: '' }] = newborns;

  it('a certificate is issued anew, offices change what they have, what was not sent goes with the mended facts', () => {
    const { openTasks, state } = corrected(
      { birth_certificate: DONE, vaccination: SENT, household_registration: WAITING },
      ['birth_certificate', 'vaccination', 'household_registration'],
      bornOn,
    );
    expect(openTasks.map(({ stepId, kind, reason }) => [stepId, kind, reason])).toEqual([
      [stepIn(state, 'birth_certificate').id, 'data_update', 'reissue'],
      [stepIn(state, 'vaccination').id, 'data_update', 'data_changed'],
    ]);
  });

  it('nobody is asked who is told nothing of what was mended', () => {
    const { openTasks, history } = corrected({ birth_certificate: DONE, vaccination: DONE }, [], bornOn);
    expect(openTasks).toEqual([]);
    expect(history.map(({ type }) => type)).toContain('birth_corrected');
  });

  it('limits set by law follow the day', () => {
    const day = toShanghaiDate(Date.parse(`${bornOn}T12:00:00+08:00`) - 2 * 86_400_000);
    const given = caseOf({ birth_certificate: DONE, household_registration: WAITING });
    const clock = { rule: 'household_one_month', dueAt: '2099-01-01', safeAt: '2098-12-31' } as const;
    const statutory = { ...clock, estimated: false, lateOnArrival: false, metBy: null, metAt: null };
    const steps = given.steps.map((step) => (step.code === 'household_registration' ? { ...step, statutory } : step));
    const event = { type: 'birth_corrected', newbornIndex: 0, bornOn: day, told: [] } as const;
    const { state } = decide({ ...given, steps }, event, contextOf());
    expect(state.newborns[0]?.bornOn).toBe(day);
    expect(stepIn(state, 'household_registration').statutory?.dueAt).not.toBe(clock.dueAt);
  });
});

describe('P3: the hospital says that the record is of another birth', () => {
  it('nothing more is sent by it, and who has it already is a person’s to settle', () => {
    const given = caseOf({ birth_certificate: { ...WAITING, holds: ['name_undecided'] }, vaccination: DONE });
    const { state, openTasks } = decide(given, { type: 'birth_disputed', newbornIndex: 0 }, contextOf());
    const certificate = stepIn(state, 'birth_certificate');
    expect(certificate).toMatchObject({ holds: ['data_mismatch', 'name_undecided'], owner: 'clerk' });
    expect(openTasks.map(({ stepId, kind, reason }) => [stepId, kind, reason])).toEqual([
      [certificate.id, 'data_mismatch', 'hospital_record_differs'],
      [stepIn(state, 'vaccination').id, 'data_update', 'hospital_record_disputed'],
    ]);
    expect(state.steps.filter((step) => isTerminal(step.state)).map(({ code }) => code)).toEqual(['vaccination']);
  });
});
