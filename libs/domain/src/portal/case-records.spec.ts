import type { StepCode, StepMode, StepState } from '../vocabulary';
import { caseRecords, isReported } from './case-records';

const told = (...states: StepState[]): string[] =>
  caseRecords(
    states.slice(1).map((toState, index) => {
      const fromState = states[index]!;
      return { seq: index + 1, stepId: 's', type: 'moved', fromState, toState, at: index };
    }),
  ).map(({ kind, about, seq, place }) => `${seq}.${place} ${kind} ${about}`);

describe('what the city’s portal is told of a step', () => {
  it.each<[string, StepState[], string[]]>([
    ['taken up and done', ['queued', 'accepted', 'completed'], ['1.0 accept accepted', '2.0 result completed']],
    ['done at once', ['queued', 'completed'], ['1.0 accept accepted', '1.1 result completed']],
    ['refused at once', ['queued', 'rejected'], ['1.0 accept accepted', '1.1 result rejected']],
    ['taken back before', ['waiting', 'withdrawn'], ['1.0 result withdrawn']],
    ['ended before', ['waiting', 'queued', 'cancelled'], ['2.0 result cancelled']],
    [
      'corrected',
      ['queued', 'accepted', 'correction_needed', 'queued', 'accepted', 'completed'],
      ['1.0 accept accepted', '2.0 process correction_needed', '4.0 process resumed', '5.0 result completed'],
    ],
    [
      'corrected before it was taken up',
      ['queued', 'correction_needed', 'queued', 'accepted'],
      ['1.0 accept accepted', '1.1 process correction_needed', '3.0 process resumed'],
    ],
    [
      'a special procedure that ends',
      ['accepted', 'suspended', 'accepted', 'completed'],
      [
        '1.0 accept accepted',
        '1.1 special_procedure suspended',
        '2.0 special_procedure suspension_ended',
        '3.0 result completed',
      ],
    ],
    [
      'a special procedure that ends with the result',
      ['queued', 'accepted', 'suspended', 'completed'],
      [
        '1.0 accept accepted',
        '2.0 special_procedure suspended',
        '3.0 special_procedure suspension_ended',
        '3.1 result completed',
      ],
    ],
    ['our own trouble', ['queued', 'stuck', 'queued'], []],
    ['not for this newborn', ['waiting', 'not_applicable'], []],
    [
      'refused and applied for again',
      ['accepted', 'rejected', 'queued', 'accepted', 'completed'],
      ['1.0 accept accepted', '1.1 result rejected', '3.0 process resumed', '4.0 result completed'],
    ],
    ['another reason in the same state', ['queued', 'accepted', 'accepted'], ['1.0 accept accepted']],
  ])('%s', (_, states, records) => expect(told(...states)).toEqual(records));

  it('each step is accepted by itself', () => {
    const change = (seq: number, stepId: string) =>
      ({ seq, stepId, type: 'moved', fromState: 'queued', toState: 'accepted', at: 1 }) as const;
    expect(caseRecords([change(1, 'a'), change(2, 'b')]).map(({ stepId, kind }) => [stepId, kind])).toEqual([
      ['a', 'accept'],
      ['b', 'accept'],
    ]);
  });

  it('a rating is one record of the whole case, and nothing else that is said of a case is one', () => {
    const said = (seq: number, type: string) =>
      ({ seq, stepId: null, type, fromState: null, toState: null, at: seq }) as const;
    expect(caseRecords([said(1, 'filed'), said(2, 'guardian_named'), said(3, 'rated')])).toEqual([
      { kind: 'rating', about: 'rated', stepId: null, seq: 3, at: 3, place: 0 },
    ]);
  });

  it.each<[StepCode, StepMode, boolean]>([
    ['vaccination', 'issue', true],
    ['birth_certificate', 'verify', true],
    ['medical_insurance', 'already_done', true],
    ['household_registration', 'external', false],
    ['birth_certificate', 'external', false],
    ['delivery', 'issue', false],
    ['insurance_payment', 'issue', false],
    ['identity_backfill', 'issue', false],
  ])('%s, %s: told of %s', (code, mode, told) => expect(isReported({ code, mode })).toBe(told));
});
